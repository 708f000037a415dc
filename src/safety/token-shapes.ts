import { looksRandom } from './looks.ts';
import type { Shape } from './shape.ts';
import { TOKEN_FAMILIES } from './token-families.ts';

/** Longest token body that one match takes; the rest of a longer one is taken by the next layer or left bare of its head. */
const LONGEST = 2000;

/** Tokens with a form of their own rather than a prefix and a tail. */
const FORMS: readonly Shape[] = [
  {
    kind: 'slack webhook',
    pattern:
      /hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers|actions|commands|app)\/(?<secret>[A-Za-z0-9/_%-]{8,300})/dgi,
    hints: ['hooks.slack'],
  },
  {
    kind: 'webhook',
    pattern:
      /(?:discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks|hooks\.zapier\.com\/hooks\/catch|webhook\.office\.com\/webhookb2|logic\.azure\.com(?::443)?\/workflows|maker\.ifttt\.com\/trigger\/\w{1,60}\/with\/key|events\.pagerduty\.com\/integration|alert\.victorops\.com\/integrations|outlook\.office\.com\/webhook|open\.(?:feishu|larksuite)\.\w{2,3}\/open-apis\/bot\/v2\/hook|hooks\.chime\.aws\/incomingwebhooks)\/(?<secret>[^\s"'<>|]{8,500})/dgi,
    hints: ['hook', 'ifttt', 'pagerduty', 'victorops', 'logic.azure'],
    judge: (value) =>
      value.split(/[/?&=]/).some((part) => part.length >= 8 && /\d/.test(part) && /[A-Za-z]/.test(part)),
  },
  {
    kind: 'aws key id',
    pattern: /(?<![A-Za-z0-9])(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
    hints: ['akia', 'asia', 'abia', 'acca', 'a3t'],
  },
  {
    kind: 'aws secret key',
    pattern: /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g,
    hints: ['akia', 'asia', 'aws_secret', 'secretaccesskey', 'secret_access_key', 'secret access key'],
    judge: (value) => /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value),
  },
  {
    kind: 'azure client secret',
    pattern: /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}/g,
    hints: ['q~'],
  },
  {
    kind: 'azure key',
    pattern:
      /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{20,80}(?:AzSe|AzFu|ACDb|APIM|AIoT|ARm|AStT|ASt|AEh|ASb|ACR)[A-Za-z0-9+/]{5,12}={0,2}/g,
    hints: ['azse', 'azfu', 'acdb', 'apim', '+ast', '+aeh', '+asb', '+acr', '+arm', 'aiot'],
  },
  {
    kind: 'azure devops token',
    pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{70,80}AZDO[A-Za-z0-9]{4}/g,
    hints: ['azdo'],
  },
  {
    kind: 'signature',
    pattern:
      /[?&;](?:sig|signature|x-amz-signature|x-amz-security-token|x-goog-signature|x-ms-signature|hmac|token|code|ticket|access_token|id_token|refresh_token|auth|auth_token|authtoken|key|api_?key|apikey|code_verifier|client_secret|password|passwd|pwd|secret|session|sid|jwt|sv_sig)=(?<secret>[^\s&#"'<>|;)\]]{12,2000})/dgi,
    hints: ['='],
    judge: (value) => looksRandom(value.replace(/%[0-9a-f]{2}/gi, '')),
  },
  {
    kind: 'json web token',
    pattern:
      /(?<![A-Za-z0-9_-])ey[JK][A-Za-z0-9_-]{8,4000}\.(?:ey[JK][A-Za-z0-9_-]{4,8000}\.?[A-Za-z0-9_-]{0,2000}|\.?[A-Za-z0-9_-]{20,4000}(?:\.[A-Za-z0-9_-]{1,8000}){0,3})/g,
    hints: ['eyj', 'eyk'],
  },
  {
    kind: 'telegram token',
    pattern: /(?<!\d)\d{8,10}:AA[A-Za-z0-9_-]{32,33}(?![A-Za-z0-9_-])/g,
    hints: [':aa'],
  },
  {
    kind: 'discord token',
    pattern:
      /(?<![A-Za-z0-9_-])(?:mfa\.[A-Za-z0-9_-]{60,100}|[MNO][A-Za-z0-9_-]{22,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,45})/g,
    hints: ['.'],
  },
  { kind: 'mailchimp key', pattern: /(?<![A-Za-z0-9])[a-f0-9]{32}-us\d{1,2}(?!\d)/g, hints: ['-us'] },
  {
    kind: 'new relic key',
    pattern: /(?<![A-Za-z0-9])(?:[a-f0-9]{36}|(?:eu01xx|us01xx)[a-f0-9]{30,34})(?:NRAL|NRLK)/g,
    hints: ['nral', 'nrlk'],
  },
  {
    kind: 'terraform token',
    pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{30,200}/g,
    hints: ['atlasv1'],
  },
  { kind: 'okta token', pattern: /\bSSWS\s[A-Za-z0-9_-]{20,80}/g, hints: ['ssws'] },
  {
    kind: 'firebase key',
    pattern: /(?<![A-Za-z0-9])AAAA[A-Za-z0-9_-]{7}:APA91b[A-Za-z0-9_-]{60,200}/g,
    hints: ['apa91b'],
  },
  {
    kind: 'digest',
    pattern: /\b(?:response|cnonce)="(?<secret>[a-f0-9]{32})"/dg,
    hints: ['response=', 'cnonce='],
  },
  {
    kind: 'asana token',
    pattern: /(?<![A-Za-z0-9/.])[12]\/\d{15,17}(?:\/\d{15,17})?:[A-Za-z0-9]{32}/g,
    hints: ['1/', '2/'],
  },
  {
    kind: 'salesforce session',
    pattern: /(?<![A-Za-z0-9])00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{80,120}/g,
    hints: ['00d'],
  },
  { kind: 'zoho token', pattern: /(?<![A-Za-z0-9.])1000\.[a-f0-9]{32}\.[a-f0-9]{32}/g, hints: ['1000.'] },
  {
    kind: 'twitter token',
    pattern: /(?<![A-Za-z0-9])A{20}[A-Za-z0-9%]{60,120}/g,
    hints: ['aaaaaaaaaaaaaaaaaaaa'],
  },
  { kind: 'akamai token', pattern: /(?<![A-Za-z0-9])akab-[a-z0-9]{16}-[a-z0-9]{16}/g, hints: ['akab-'] },
  {
    kind: 'vault token',
    pattern: /(?<![A-Za-z0-9._-])[sbr]\.(?=[A-Za-z]{0,30}\d)[A-Za-z0-9]{24}(?![A-Za-z0-9.])/g,
    hints: ['s.', 'b.', 'r.'],
    judge: looksRandom,
  },
  {
    kind: 'launchdarkly key',
    pattern:
      /(?<![A-Za-z0-9-])api-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?=["'\s]|$)/g,
    hints: ['launchdarkly'],
  },
  {
    kind: 'openai key',
    pattern: /(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{10,200}T3BlbkFJ[A-Za-z0-9_-]{10,200}/g,
    hints: ['t3blbkfj'],
  },
  {
    kind: 'password hash',
    pattern:
      /\$(?:2[abxy]?|1|5|6|7|y|gy|apr1|argon2(?:id|i|d)|scrypt|pbkdf2(?:-sha\d{1,3})?)\$[A-Za-z0-9./$=,+_-]{20,400}/g,
    hints: ['$'],
  },
  { kind: 'one-time password seed', pattern: /otpauth:\/\/[^\s"'<>]{1,500}/gi, hints: ['otpauth'] },
  {
    // The head of a key's bytes in base64, for keys that lost their armour: PKCS#1, PKCS#8, SEC 1, OpenSSH.
    kind: 'private key',
    pattern:
      /(?<![A-Za-z0-9+/])(?:MII[A-Za-z0-9+/]{3}IBA(?:AK[BC]|DAN)|MC4CAQAwBQYDK2V|MIG[A-Za-z0-9+/]AgE[AB][A-Za-z0-9+/]{3}GByqGSM49|MHcCAQEEI|MIGkAgEBBDB|MIHcAgEBBEI|b3BlbnNzaC1rZXktdjE)(?:[A-Za-z0-9+/=]|\\[nr]|[\r\n]){16,8000}/g,
    hints: ['mii', 'mc4caqawbqydk2v', 'mig', 'mhccaqeei', 'mihcagebbei', 'b3blbnnzac1rzxktdje'],
  },
];

/** Every token family and form: what is recognised by itself, without a word beside it. */
export const TOKEN_SHAPES: readonly Shape[] = [
  ...TOKEN_FAMILIES.map(
    ({ kind, prefixes, body, least, ordinary }): Shape => ({
      kind,
      // A prefix inside a longer word is not one: `task-proj-…`. `_` and `-` may come before it: `TOKEN_ghp_…`.
      pattern: new RegExp(
        `(?<![A-Za-z0-9])(?:${prefixes.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})(?<secret>${body}{${least},${LONGEST}})`,
        'g',
      ),
      hints: prefixes.map((one) => one.toLowerCase()),
      ...(ordinary && { judge: looksRandom }),
    }),
  ),
  ...FORMS,
];
