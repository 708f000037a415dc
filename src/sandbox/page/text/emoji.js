// @ts-check
/** Slack's short names for the emoji that incident channels use; a name not listed is shown as `:name:`. */
const SOURCE = `
pushpin 📌|round_pushpin 📍|white_check_mark ✅|heavy_check_mark ✔️|x ❌|eyes 👀|warning ⚠️|rotating_light 🚨|fire 🔥|bug 🐛
red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|large_purple_circle 🟣|white_circle ⚪|black_circle ⚫|large_brown_circle 🟤
red_square 🟥|large_green_square 🟩|large_blue_square 🟦|large_yellow_square 🟨|large_orange_square 🟧|white_large_square ⬜|black_large_square ⬛
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|ok_hand 👌|wave 👋|pray 🙏|clap 👏|raised_hands 🙌|muscle 💪|point_up ☝️|point_right 👉|point_left 👈|point_down 👇|handshake 🤝|raised_hand ✋|hand ✋|salute 🫡|saluting_face 🫡
smile 😄|smiley 😃|grinning 😀|grin 😁|joy 😂|rofl 🤣|wink 😉|blush 😊|slightly_smiling_face 🙂|upside_down_face 🙃|thinking_face 🤔|neutral_face 😐|expressionless 😑|sweat_smile 😅|sob 😭|cry 😢|scream 😱|sleeping 😴|sunglasses 😎|heart_eyes 😍|face_with_monocle 🧐|exploding_head 🤯|cold_sweat 😰|sweat 😓|confused 😕|worried 😟|rage 😡|skull 💀|ghost 👻|robot_face 🤖|zany_face 🤪|partying_face 🥳|melting_face 🫠|facepalm 🤦|shrug 🤷|see_no_evil 🙈
heart ❤️|broken_heart 💔|green_heart 💚|blue_heart 💙|yellow_heart 💛|purple_heart 💜|100 💯|sparkles ✨|star ⭐|zap ⚡|boom 💥|tada 🎉|confetti_ball 🎊|rocket 🚀|dart 🎯|trophy 🏆|medal 🏅|gift 🎁|bulb 💡|bell 🔔|no_bell 🔕|mega 📣|loudspeaker 📢|speech_balloon 💬|thought_balloon 💭
hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|alarm_clock ⏰|clock1 🕐|clock3 🕒|clock12 🕛|calendar 📅|date 📅|spiral_calendar_pad 🗓️|watch ⌚|timer_clock ⏲️
chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|clipboard 📋|memo 📝|pencil 📝|pencil2 ✏️|book 📖|books 📚|bookmark 🔖|link 🔗|paperclip 📎|file_folder 📁|open_file_folder 📂|page_facing_up 📄|scroll 📜|newspaper 📰|label 🏷️|package 📦|inbox_tray 📥|outbox_tray 📤|email 📧|envelope ✉️
mag 🔍|mag_right 🔎|microscope 🔬|telescope 🔭|wrench 🔧|hammer 🔨|hammer_and_wrench 🛠️|gear ⚙️|nut_and_bolt 🔩|toolbox 🧰|test_tube 🧪|lock 🔒|unlock 🔓|key 🔑|shield 🛡️|door 🚪|satellite 🛰️|satellite_antenna 📡|computer 💻|desktop_computer 🖥️|iphone 📱|battery 🔋|electric_plug 🔌|floppy_disk 💾|cd 💿|fire_engine 🚒|ambulance 🚑|fire_extinguisher 🧯|construction 🚧|traffic_light 🚦|vertical_traffic_light 🚦|octagonal_sign 🛑|no_entry ⛔|no_entry_sign 🚫|sos 🆘|bangbang ‼️|exclamation ❗|question ❓|grey_question ❔|grey_exclamation ❕|information_source ℹ️|heavy_plus_sign ➕|heavy_minus_sign ➖|heavy_multiplication_x ✖️|recycle ♻️|arrows_counterclockwise 🔄|repeat 🔁|arrow_up ⬆️|arrow_down ⬇️|arrow_right ➡️|arrow_left ⬅️|arrow_upper_right ↗️|arrow_forward ▶️|double_vertical_bar ⏸️|black_square_for_stop ⏹️|fast_forward ⏩|rewind ⏪|checkered_flag 🏁|triangular_flag_on_post 🚩|white_flag 🏳️
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|keycap_ten 🔟|zero 0️⃣
coffee ☕|tea 🍵|pizza 🍕|cake 🍰|beer 🍺|popcorn 🍿|taco 🌮|seedling 🌱|four_leaf_clover 🍀|cactus 🌵|sunny ☀️|cloud ☁️|umbrella ☔|snowflake ❄️|ocean 🌊|rainbow 🌈|moon 🌔|crescent_moon 🌙|earth_africa 🌍|earth_americas 🌎|earth_asia 🌏|globe_with_meridians 🌐|house 🏠|office 🏢|factory 🏭|hospital 🏥|bank 🏦
dog 🐶|cat 🐱|unicorn_face 🦄|turtle 🐢|snail 🐌|whale 🐳|penguin 🐧|owl 🦉|crab 🦀|octopus 🐙|bee 🐝|ant 🐜|spider 🕷️|rubber_duck 🦆|duck 🦆|hatching_chick 🐣|detective 🕵️|firefighter 🧑‍🚒|technologist 🧑‍💻|busts_in_silhouette 👥|bust_in_silhouette 👤|brain 🧠|ear 👂|art 🎨|game_die 🎲|balloon 🎈|moneybag 💰|credit_card 💳|shopping_cart 🛒|shopping_trolley 🛒|ship 🚢|airplane ✈️|train 🚆|car 🚗|vs 🆚|new 🆕|ok 🆗|cool 🆒|free 🆓|up 🆙|soon 🔜|end 🔚|back 🔙|on 🔛|top 🔝
`;

/** @type {Map<string, string>} */
const EMOJI = new Map(
  SOURCE.split(/[|\n]/)
    .filter(Boolean)
    .map((entry) => /** @type {[string, string]} */ (entry.split(' '))),
);

/**
 * The character of a short name, or undefined. `unicode` (`1f4cc`, `2714-fe0f`) is what Slack adds in rich_text and wins.
 * @param {string} name @param {string} [unicode]
 */
export function emojiCharacter(name, unicode) {
  if (unicode !== undefined && /^[0-9a-f]{2,6}(-[0-9a-f]{2,6})*$/i.test(unicode)) {
    const points = unicode.split('-').map((hex) => Number.parseInt(hex, 16));
    if (points.every((point) => point <= 0x10ffff)) return String.fromCodePoint(...points);
  }
  return EMOJI.get(name.replace(/::skin-tone-\d$/, ''));
}

/** Names that begin with, then names that contain, what was typed. @param {string} typed @param {number} limit */
export function emojiNames(typed, limit) {
  const names = [...EMOJI.keys()];
  const first = names.filter((name) => name.startsWith(typed));
  const rest = names.filter((name) => !name.startsWith(typed) && name.includes(typed));
  return [...first, ...rest].slice(0, limit);
}
