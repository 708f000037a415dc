import { isAnswer, isPlaceholder, looksCode, looksPassword, looksRandom, looksToken } from './looks.ts';
import type { Shape } from './shape.ts';

const PASSWORD =
  'pass(?:word|wd|phrase|code)|pwd|pgpassword|mysql_pwd|sshpass|requirepass|masterauth|mnemonic|seed[_ -]?phrase|userpass|db[_-]?pass|smtp[_-]?pass|redis[_-]?pass';
const TOKEN =
  '(?<!(?:page|paging|continuation|continue|next|prev|previous|sync|cursor|cancel|cancellation|idempotency|pagination|resume|scroll|unexpected|invalid)[_ -]?)token|secrets?|credentials?|(?:api|app|application|access|auth|secret|private|shared|master|account|signing|encryption|decryption|license|licence|service|session|deploy|ssh|storage|subscription|routing|integration|write|ingest|admin|consumer|bot|cipher|hmac|jwt|preshared|functions?)[_. -]?(?:access[_. -]?)?key|apikey|key[_-]?data|client-key-data|_auth|authtoken|session[_-]?id|sessionid|phpsessid|jsessionid|x-auth|csrf|xsrf|bearer|sig|signature|salt|pepper|webhook[_-]?url|dsn|otp|client[_-]?id[_-]?secret';
// `key: v`, `key=v`, `"key": "v"`, `key => v`, `key := v`, `define('KEY', 'v')`, `{name: KEY, value: v}`.
const TIES = `["'\`\\])]{0,3}\\s{0,4}(?:=>|:=|::=|[:=]|,(?=\\s{0,4}["']))\\s{0,6}`;
const VALUE = `(?:"(?<quoted>[^"\\n]{1,600})"|'(?<single>[^'\\n]{1,600})'|\`(?<back>[^\`\\n]{1,600})\`|(?<bare>[^\\s,;&"'\`<>)}\\]]{1,600}))`;

function givenValue(match: RegExpExecArray): string {
  const { quoted, single, back, bare } = match.groups ?? {};
  return quoted ?? single ?? back ?? bare ?? '';
}

/** `password: incorrect` and `password is wrong` say something about one; `password=correcthorse` is one. */
function isGivenPassword(match: RegExpExecArray): boolean {
  const value = givenValue(match);
  if (!looksPassword(value)) return false;
  const bare = match.groups?.bare;
  if (bare === undefined)
    return (
      !/\s/.test(value) ||
      /\d/.test(value) ||
      (value.split(/\s+/).length >= 4 && !/,\s{0,6}["'`]/.test(match[0].slice(0, -value.length)))
    );
  if (/^[a-z_.]+\(/i.test(bare)) return false;
  if (/[\d!@#$%^*+?~]/.test(bare) || /[a-z][A-Z]/.test(bare)) return true;
  const assigned =
    /=\s{0,6}\S*$/.test(`${match[0].slice(0, match[0].length - bare.length)} `) ||
    /=\s{0,6}$/.test(match[0].slice(0, -bare.length));
  return (
    assigned ||
    !/^[ \t]+\S/.test(match.input.slice(match.index + match[0].length, match.index + match[0].length + 3))
  );
}

/** Secrets known by the words beside them. */
export const CREDENTIAL_SHAPES: readonly Shape[] = [
  {
    kind: 'password',
    pattern: new RegExp(`(?:${PASSWORD})\\d?${TIES}${VALUE}`, 'dgi'),
    hints: ['pass', 'pwd', 'masterauth', 'mnemonic', 'seed'],
    judge: (_secret, match) => isGivenPassword(match),
  },
  {
    kind: 'password',
    pattern:
      /(?:pass(?:word|phrase|code)|pin|secret|token|api key|login)\s{1,3}(?:is|was|=|to)\s{1,3}(?:now\s)?["'`*]{0,2}(?<secret>[^\s"'`*<>]{6,200})/dgi,
    hints: [' is', ' was', ' to', ' ='],
    judge: (value) =>
      looksPassword(value) &&
      /\d/.test(value) &&
      /[A-Za-z]/.test(value) &&
      !/^\d+(?:\.\d+)?[a-z%]{1,3}[.,]?$/.test(value) &&
      !/^[vV]?\d+\.\d+/.test(value) &&
      !/:\/\//.test(value),
  },
  {
    kind: 'secret value',
    pattern: new RegExp(
      `(?:${TOKEN})\\d?(?:[_-](?:value|key|hash|string|prod|production|live|dev|staging|test))?${TIES}(?:(?:bearer|basic|token)\\s)?${VALUE}`,
      'dgi',
    ),
    hints: [
      'token',
      'secret',
      'credential',
      'key',
      'auth',
      'sess',
      'csrf',
      'xsrf',
      'bearer',
      'sig',
      'salt',
      'pepper',
      'webhook',
      'dsn',
      'otp',
    ],
    judge: (_secret, match) => looksToken(givenValue(match)),
  },
  {
    kind: 'authorization header',
    pattern:
      /(?:proxy-)?authorization["'\]]{0,2}\s{0,4}[:=,]\s{0,4}["'[]{0,2}(?:(?:bearer|basic|token|apikey|api-key|splunk|digest|negotiate|ntlm|ssws|bot|geniekey|signature|key|sso-key|hmac|aws4-hmac-sha256|snowflake|discogs|oauth|zoho-oauthtoken|klaviyo-api-key|sentry)\s{1,4})?(?:token=)?(?<secret>[^\s"',;<>]{6,4000})/dgi,
    hints: ['authorization'],
    judge: (value) => !isPlaceholder(value) && !isAnswer(value) && !looksCode(value),
  },
  {
    kind: 'bearer token',
    pattern: /\bbearer[\s:=]{1,4}["']?(?<secret>[A-Za-z0-9._~+/=-]{12,4000})/dgi,
    hints: ['bearer'],
    judge: (value) => looksRandom(value) && !isPlaceholder(value),
  },
  {
    kind: 'basic credentials',
    pattern: /\bbasic\s{1,4}(?<secret>[A-Za-z0-9+/_-]{8,1000}={0,2})/dgi,
    hints: ['basic'],
    judge: (value) => {
      const plain = Buffer.from(value, 'base64').toString('latin1');
      return /^[\x20-\x7e]{0,200}:[\x20-\x7e]{0,800}$/.test(plain);
    },
  },
  {
    kind: 'cookie',
    pattern:
      /\b(?:set-)?cookie2?["']?\s{0,4}[:=]\s{0,4}["']?(?<secret>[\w!#$%&*+.^|~-]{1,100}=[^\r\n"']{4,4000})/dgi,
    hints: ['cookie'],
    judge: (value) => !isPlaceholder(value),
  },
  {
    kind: 'cookie',
    pattern: /(?:\s-b|--cookie)[\s=]{1,3}["']?(?<secret>[\w.-]{1,100}=[^\s"']{6,4000})/dgi,
    hints: [' -b', '--cookie'],
  },
  {
    kind: 'credentials in an address',
    pattern: /:\/\/[^\s/:@"'<>?#]{0,200}:(?<secret>[^\s/"'<>]{1,300})@(?=[^\s@]|$)/dg,
    hints: ['://'],
    judge: (value) => !isPlaceholder(value) && !/^\d{1,5}$/.test(value),
  },
  {
    // A password with an unescaped slash; only where the host cannot be the part before it.
    kind: 'credentials in an address',
    pattern:
      /:\/\/[^\s/:@"'<>?#]{1,200}:(?<secret>(?!\d{1,5}\/)[^\s/:"'<>?&=]{1,100}\/[^\s:"'<>?&=@]{0,100})@[A-Za-z0-9]/dg,
    hints: ['://'],
    judge: (value) => !isPlaceholder(value),
  },
  {
    kind: 'credentials in an address',
    pattern: /:\/\/(?<secret>[^\s/:@"'<>?#]{8,300})@/dg,
    hints: ['://'],
    judge: (value) => looksRandom(value) && !isPlaceholder(value),
  },
  {
    kind: 'credentials on a command line',
    pattern:
      /(?:\s-u|\bhttps?\s-a|--(?:proxy-)?user(?:name)?)(?:\s{1,4}|=)?["']?[^\s:"'/]{1,100}:(?<secret>[^\s"']{2,300})/dg,
    hints: ['-u', ' -a'],
    judge: (value) => !isPlaceholder(value) && !value.startsWith('//') && !/^\d{1,6}$/.test(value),
  },
  {
    kind: 'credentials on a command line',
    pattern:
      /--(?:[a-z-]{0,30})(?:password|passwd|pass|passphrase|secret|token|api-?key|access-?key|secret-?key|auth|credential)s?(?:\s{1,4}|=)["']?(?<secret>[^\s"'<>-][^\s"'<>]{3,500})/dgi,
    hints: ['--'],
    judge: (value, match) =>
      /pass/i.test(match[0].slice(0, -value.length)) ? looksPassword(value) : looksToken(value),
  },
  {
    kind: 'credentials on a command line',
    pattern:
      /\b(?:mysql|mysqldump|mysqladmin|mariadb|mongo(?:sh|dump)?|redis-cli|sshpass|sqlcmd|docker login|psql|ldapsearch|rabbitmqadmin|smbclient|snmpwalk)\b[^\n|;]{0,200}?\s-(?:p|a|w|P)\s?["']?(?<secret>[^\s"'-][^\s"']{3,200})/dg,
    hints: [
      'mysql',
      'maria',
      'mongo',
      'redis-cli',
      'sshpass',
      'sqlcmd',
      'docker',
      'ldap',
      'rabbit',
      'smb',
      'snmp',
      'psql',
    ],
    judge: (value) => looksPassword(value) && !/^\d{1,5}$/.test(value) && !value.startsWith('/'),
  },
  {
    kind: 'password',
    pattern:
      /\b(?:identified\s(?:with\s\w{1,40}\s)?by|(?:with\s|encrypted\s)?password|requirepass|masterauth|-pass(?:in|out|word)?|docker login|vault login|redis(?:-cli)?(?:>\s?|\s)auth|^auth)\s{1,4}(?:pass:|'|")(?<secret>[^\s'"]{4,200})/dgim,
    hints: ['identified', 'password', 'requirepass', 'masterauth', '-pass', 'login', 'auth'],
    judge: (value) => looksPassword(value),
  },
  {
    kind: 'password',
    pattern:
      /\b(?:machine\s[^\s]{1,200}\s{1,4}login\s[^\s]{1,200}\s{1,4}password|requirepass|masterauth|vault login)\s{1,4}(?<secret>[^\s"']{4,300})/dgi,
    hints: ['machine', 'requirepass', 'masterauth', 'vault login'],
    judge: looksPassword,
  },
  {
    kind: 'password',
    pattern:
      /<(?:[a-z]{1,20}:)?(?:password|passwd|pwd|passphrase|secret|token|api-?key|client-?secret|privatekey)(?:\s[^>]{0,100})?>(?<secret>[^<]{4,600})</dgi,
    hints: ['</'],
    judge: looksPassword,
  },
  {
    kind: 'password',
    // ~/.pgpass: https://www.postgresql.org/docs/current/libpq-pgpass.html
    pattern:
      /(?<![\w.:/-])[\w.*-]{1,200}:(?:5432|6432|5433|\*):[\w*-]{1,60}:[\w*-]{1,60}:(?<secret>[^\s:]{4,200})/dg,
    hints: [':5432:', ':6432:', ':5433:', ':*:'],
  },
  {
    kind: 'secret value',
    pattern:
      /\bname["']?\s{0,2}[:=]\s{0,2}["']?[\w.-]{0,60}(?:password|passwd|secret|token|api_?key)[\w.-]{0,20}["']?\s{0,2},?\s{1,40}["']?value["']?\s{0,2}[:=]\s{0,2}["']?(?<secret>[^\s"',}]{4,600})/dgi,
    hints: ['value'],
    judge: looksPassword,
  },
  {
    kind: 'azure key',
    pattern:
      /(?:AccountKey|SharedAccessKey|SharedAccessSignature|sharedSecret|AccessKey)\s{0,2}[=:]\s{0,2}["']?(?<secret>[A-Za-z0-9+/%=&_. -]{16,600})/dgi,
    hints: ['accountkey', 'sharedaccess', 'sharedsecret', 'accesskey'],
    judge: looksRandom,
  },
  {
    kind: 'pagerduty key',
    pattern: /token\stoken=(?<secret>[A-Za-z0-9_+-]{16,40})/dgi,
    hints: ['token token='],
  },
  {
    kind: 'wireguard key',
    pattern: /\b(?:PrivateKey|PresharedKey)\s{0,4}=\s{0,4}(?<secret>[A-Za-z0-9+/]{42,43}=)/dgi,
    hints: ['privatekey', 'presharedkey'],
  },
  {
    kind: 'docker credentials',
    pattern: /"auth"\s{0,4}:\s{0,4}"(?<secret>[A-Za-z0-9+/=]{8,2000})"/dg,
    hints: ['"auth"'],
  },
  {
    kind: 'service key',
    // Products whose keys are bare hex or base62: only their own name gives them away.
    pattern:
      /\b(?:datadog|dd|pagerduty|pd|opsgenie|twilio|mailchimp|newrelic|new[ _-]relic|heroku|splunk|okta|fastly|bugsnag|rollbar|honeycomb|logdna|loggly|sumologic|statuspage|pingdom|algolia|cloudflare|amplitude|mixpanel|segment|intercom|zendesk|elastic|lightstep|signalfx|logz|papertrail|betterstack|uptimerobot|victorops|jenkins|artifactory|nexus|jira|auth0|mapbox|deepgram|cohere|mistral|assemblyai|stability|freshdesk|trello|asana|dropbox|spotify|twitch|zoom|aws|azure|gcp|linode|vultr|hetzner|ovh)[\w .-]{0,30}?(?:key|token|secret|auth|sid|password|credential)s?["']?\s{0,4}(?:is|=>|:=|[:=])\s{0,4}["']?(?<secret>[A-Za-z0-9_./+=-]{16,200})/dgi,
    hints: ['key', 'token', 'secret', 'auth', 'sid', 'credential', 'password'],
    judge: looksToken,
  },
];
