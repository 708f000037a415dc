import { entropy, isPlaceholder, looksNamed, looksPassword, looksRandom, looksToken } from './looks.ts';
import type { Shape } from './shape.ts';

/** Letters beside digits or signs, and no number with its unit: `Zx9k#Q`, not `12ms`, `v2.3.45` or `checkout-2`. */
function looksMixed(value: string): boolean {
  return (
    looksPassword(value) &&
    /[A-Za-z]/.test(value) &&
    /[\d!@#$%^&*+?~]/.test(value) &&
    !/^[vV]?\d+(?:[.,:]\d+){0,4}[a-zA-Z%/]{0,4}[.,]?$/.test(value) &&
    !/:\/\//.test(value) &&
    !looksNamed(value) &&
    !/^[a-z]{1,20}\d{1,4}[.,]?$/i.test(value)
  );
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Secrets given away in people's sentences, in code and on command lines, by looser signs than a key with its value. */
export const SPOKEN_SHAPES: readonly Shape[] = [
  {
    kind: 'password',
    pattern:
      /(?:(?<![a-z])pw|(?<![a-z])pass|_pw|_pass|passwort|kennwort|contrase(?:ñ|n)a|mot de passe|community(?:[_ ]string)?|recovery[_ ]codes?|backup[_ ]codes?)["']?\s{0,3}[:=]\s{0,3}["'`]?(?<secret>[^\s"'`,;<>]{6,200})/dgi,
    hints: ['pw', 'pass', 'wort', 'contrase', 'community', '_code', ' code'],
    judge: (value) => looksMixed(value) || /^[a-z0-9]{4,8}(?:-[a-z0-9]{4,8}){1,4}$/.test(value),
  },
  {
    kind: 'password',
    pattern:
      /(?:pwd|pw|creds?|credentials?)\s{1,3}(?:is|are|was)\s{1,3}["'`*]{0,2}(?<secret>[^\s"'`*<>]{6,200})/dgi,
    hints: ['pwd', 'pw ', 'cred'],
    judge: looksMixed,
  },
  {
    kind: 'password',
    pattern:
      /\b(?:login|creds?|credentials?|account|user)[:\s]{1,3}[\w.@-]{1,80}\s?[:/]\s?(?<secret>[^\s"'`<>,;/]{6,200})/dgi,
    hints: ['login', 'cred', 'account', 'user'],
    judge: (value) => looksMixed(value) && /[A-Z!@#$%^&*+?~]/.test(value),
  },
  {
    kind: 'secret value',
    // A key, a blank, a value: only a value that nothing else could be.
    pattern:
      /(?:password|passwd|passphrase|(?<![a-z])pw|geniekey|token|secret|(?:api|auth|access|app|signing|licen[sc]e|integration|routing|service|account)[ _-]?key|apikey|_auth|_authtoken|_password)\s{1,2}["'`]?(?<secret>[^\s"'`<>,;()]{8,300})/dgi,
    hints: ['password', 'passwd', 'passphrase', 'pw ', 'geniekey', 'token', 'secret', 'key', '_auth'],
    judge: (value) =>
      looksMixed(value) &&
      looksRandom(value) &&
      !UUID.test(value) &&
      !/^[A-Za-z0-9_.]{1,80}[(:=[]/.test(value) &&
      (value.length >= 20 ? /\d/.test(value) && !/[_/.]/.test(value) : /[!@#$%^&*+?~]/.test(value)),
  },
  {
    kind: 'secret value',
    pattern:
      /(?:password|passwd|secret|token|api_?key|credentials?)\((?:["'][\w.@-]{1,60}["'],\s?)?["'](?<secret>[^"'\n]{6,300})["']\)/dgi,
    hints: ['("', "('"],
    judge: (value) => looksMixed(value) && !looksNamed(value),
  },
  {
    kind: 'secret value',
    pattern:
      /\b(?:name|key)["']?\s{0,2}[:=]\s{0,2}["']?[\w.-]{0,60}(?:pass|password|passwd|pwd|secret|token|api_?key)["']?[,;]?\s{0,40}["']?value["']?\s{0,2}[:=]\s{0,2}["']?(?<secret>[^\s"',}>]{4,600})/dgi,
    hints: ['value'],
    judge: looksPassword,
  },
  {
    kind: 'secret value',
    pattern:
      /\bx-[a-z]{2,14}(?:-[a-z]{2,14}){0,2}-(?:key|team|secret|token|signature)["']?\s{0,3}[:=]\s{0,3}["']?(?<secret>[^\s"',;]{12,600})/dgi,
    hints: ['x-'],
    judge: looksToken,
  },
  {
    kind: 'secret value',
    pattern: /\b[a-z]{0,30}secret_key_base["']?\s{0,3}[:=]\s{0,3}["']?(?<secret>[A-Za-z0-9]{20,300})/dgi,
    hints: ['secret_key_base'],
  },
  {
    kind: 'credentials on a command line',
    pattern: /-pass(?:in|out)?\s{1,3}pass:(?<secret>[^\s"']{4,200})/dg,
    hints: ['pass:'],
    judge: (value) => !isPlaceholder(value),
  },
  {
    kind: 'credentials on a command line',
    pattern:
      /\b(?:echo|printf)\s{1,3}(?:-n\s)?["']?(?<secret>[^\s"'|]{6,600})["']?\s{0,3}\|[^\n|]{0,120}--?(?:password|token|secret)-?(?:stdin)?/dgi,
    hints: ['echo', 'printf'],
    judge: (value) => !isPlaceholder(value),
  },
  {
    kind: 'password',
    pattern: /^auth\s(?:\w{1,40}\s)?(?<secret>[^\s"']{6,200})$/dgim,
    hints: ['auth '],
    judge: looksMixed,
  },
  {
    kind: 'password hash',
    pattern: /\{(?:S?SHA(?:256|512)?|S?MD5|CRYPT|ARGON2)\}[A-Za-z0-9+/=$.]{16,300}/g,
    hints: ['{s', '{m', '{c', '{a'],
  },
  {
    kind: 'service key',
    // Products whose keys are bare: their own name and the word key give them away.
    pattern:
      /\b(?:datadog|dd|pagerduty|opsgenie|twilio|mailchimp|new ?relic|heroku|splunk|okta|fastly|bugsnag|rollbar|honeycomb|logdna|loggly|sumo ?logic|pingdom|algolia|cloudflare|amplitude|mixpanel|zendesk|elastic|lightstep|signalfx|logz|betterstack|uptimerobot|victorops|jenkins|artifactory|nexus|auth0|deepgram|cohere|mistral|assemblyai|trello|asana|dropbox|spotify|twitch|zoom|aws|azure|gcp|linode|vultr|hetzner|ovh|plaid|ns1|gitter|rapidapi|travis|codecov|coveralls|finicity|kraken|kucoin|coinbase|binance|bittrex|etsy|flickr|nytimes|squarespace|sendbird|sonar)[\w .-]{0,30}?(?:key|token|secret|sid)\s{1,3}["'`]?(?<secret>[A-Za-z0-9_/+=-]{20,200})/dgi,
    hints: ['key', 'token', 'secret', 'sid'],
    judge: looksToken,
  },
  {
    kind: 'secret value',
    // "here is the key: …", "api key → …": any key, so only what is long and random in all three kinds of characters.
    pattern:
      /(?<![A-Za-z])(?:key|token|secret|password|pw|pass|creds?)(?:\s{0,2}(?::|=|→|->|=>)|\s(?:is|was))\s{0,3}["'`]?(?<secret>[A-Za-z0-9+=_]{20,300})(?![/-])/dgi,
    hints: ['key', 'token', 'secret', 'password', 'pw', 'pass', 'cred'],
    judge: (value) =>
      /[a-z]/.test(value) &&
      /[A-Z]/.test(value) &&
      /\d/.test(value) &&
      entropy(value) >= 4 &&
      looksToken(value),
  },
  {
    kind: 'password',
    pattern: /[A-Z0-9]_PASS=["']?(?<secret>[^\s"'$]{6,200})/dg,
    hints: ['_pass='],
    judge: (value) => looksPassword(value) && !/^\d+$/.test(value),
  },
  {
    kind: 'password',
    pattern:
      /\b(?:use|try|with|enter|type)\s{1,2}["'`*]{0,2}(?<secret>[^\s"'`*<>]{6,100})["'`*]{0,2}\s{1,2}(?:as|for)\s(?:the\s|your\s|a\s|my\s)?(?:new\s)?(?:password|passphrase|pin|token|secret)\b/dgi,
    hints: ['password', 'passphrase', ' pin', 'token', 'secret'],
    judge: looksMixed,
  },
  {
    kind: 'seed phrase',
    pattern:
      /\b(?:seed|recovery|mnemonic|secret|backup)[ _-]?(?:phrase|words)?["']?\s{0,2}[:=]\s{0,2}["']?(?<secret>(?:[a-z]{3,8}\s){11,23}[a-z]{3,8})\b/dgi,
    hints: ['seed', 'recovery', 'mnemonic', 'phrase', 'words'],
  },
  {
    kind: 'private key',
    pattern: /\b(?:private|secret|wallet)[_ -]?key\W{1,6}(?<secret>(?:0x)?[a-f0-9]{64})\b/dgi,
    hints: ['key'],
  },
];
