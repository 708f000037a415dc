/** Characters a token may have after its prefix. */
const ALNUM = '[A-Za-z0-9]';
const WORD = '[A-Za-z0-9_]';
const URLSAFE = '[A-Za-z0-9_-]';
const BASE64 = '[A-Za-z0-9+/=_-]';
const DOTTED = '[A-Za-z0-9_.=-]';
const HEX = '[A-Fa-f0-9]';
const UPPER = '[A-Z0-9]';

/** Tokens that announce themselves: `prefixes` followed by at least `least` characters of `body`. */
export interface TokenFamily {
  readonly kind: string;
  readonly prefixes: readonly string[];
  readonly body: string;
  readonly least: number;
  /** The prefix is an ordinary word too: the body must mix letters and digits. */
  readonly ordinary?: true;
}

function family(kind: string, prefixes: string, body: string, least: number): TokenFamily {
  return { kind, prefixes: prefixes.split(' '), body, least };
}

function ordinary(kind: string, prefixes: string, body: string, least: number): TokenFamily {
  return { ...family(kind, prefixes, body, least), ordinary: true };
}

/**
 * Token families by prefix, gathered from the issuers' own documentation and from
 * https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
 */
export const TOKEN_FAMILIES: readonly TokenFamily[] = [
  // Chat
  family(
    'slack token',
    'xoxb- xoxp- xoxa- xoxr- xoxs- xoxo- xoxc- xoxd- xoxe- xoxe.xoxb- xoxe.xoxp- xapp- xwfp-',
    '[A-Za-z0-9%_-]',
    8,
  ),
  family('facebook token', 'EAACEdEose0cBA EAAG EAAB EAAM EAAJ', ALNUM, 40),
  // Clouds
  family('aws session token', 'FwoGZXIvYXdz IQoJb3JpZ2lu', '[A-Za-z0-9+/=%]', 60),
  family('aws bedrock key', 'ABSK bedrock-api-key-', '[A-Za-z0-9+/=]', 60),
  family('aws mws key', 'amzn.mws.', URLSAFE, 30),
  family('amazon token', 'amzn1.oa2-cs.v1. Atza| Atzr|', '[A-Za-z0-9_|.-]', 32),
  family('google api key', 'AIza', URLSAFE, 30),
  family('google token', 'ya29. GOCSPX- 1//0', DOTTED, 20),
  family('google hmac key', 'GOOG1E GOOGTS', UPPER, 14),
  family('alibaba key', 'LTAI', ALNUM, 12),
  ordinary('tencent key', 'AKID', ALNUM, 28),
  family('yandex token', 't1.9euelZ AQVN y0_Ag y1_Ag y2_Ag y3_Ag YCAJE YCMu', URLSAFE, 20),
  family('digitalocean token', 'dop_v1_ doo_v1_ dor_v1_', HEX, 40),
  family('heroku key', 'HRKU-', URLSAFE, 30),
  family('fly token', 'fo1_ fm1_ fm1r_ fm1a_ fm2_', BASE64, 24),
  family('scaleway key', 'SCWXX', UPPER, 12),
  family('scalingo token', 'tk-us-', URLSAFE, 40),
  family('render key', 'rnd_', ALNUM, 24),
  family('vercel token', 'vcp_ vci_ vca_ vcr_ vck_ vercel_blob_rw_', WORD, 20),
  family('netlify token', 'nfp_ nfc_ nfo_ nfb_ nfu_', ALNUM, 30),
  family('cloudflare key', 'cfk_ cfut_ cfat_', ALNUM, 36),
  family('cloudflare origin key', 'v1.0-', HEX, 24),
  family('tailscale key', 'tskey-', URLSAFE, 20),
  // Code and delivery
  family('github token', 'ghp_ gho_ ghu_ ghs_ ghr_ github_pat_', '[A-Za-z0-9_.-]', 20),
  family(
    'gitlab token',
    'glpat- gldt- glrt- glrtr- glcbt- glptt- glft- glimt- glagent- gloas- glsoat- glffct- glwt- GR1348941',
    '[A-Za-z0-9_.-]',
    18,
  ),
  family('atlassian token', 'ATATT3 ATCTT3 ATSTT3 ATBB', BASE64, 20),
  family('npm token', 'npm_', ALNUM, 30),
  family('pypi token', 'pypi-AgE pypi-AgN', URLSAFE, 40),
  family('rubygems key', 'rubygems_', HEX, 40),
  family('clojars token', 'CLOJARS_', ALNUM, 40),
  ordinary('crates token', 'cio', ALNUM, 32),
  ordinary('nuget key', 'oy2', '[a-z0-9]', 43),
  family('docker token', 'dckr_pat_ dckr_oat_', URLSAFE, 20),
  family('artifactory token', 'AKCp cmVmdGtu', ALNUM, 50),
  family('circleci token', 'CCIPAT_ CCIPRJ_', WORD, 30),
  family('buildkite token', 'bkua_ bkaj_ bkct_ bkpt_', HEX, 32),
  family('harness token', 'pat.O sat.O', DOTTED, 40),
  family('octopus key', 'API-', '[A-Z0-9]', 25),
  family('sonar token', 'sqp_ sqa_ squ_', HEX, 36),
  family('sourcegraph token', 'sgp_ sgd_ slk_', '[a-f0-9_]', 40),
  family('pulumi token', 'pul-', HEX, 36),
  family('postman key', 'PMAK- PMAT-', '[A-Za-z0-9-]', 26),
  family('figma token', 'figd_ figdr_ figor_ figo_ figu_', URLSAFE, 36),
  family('prefect key', 'pnu_ pnb_', ALNUM, 30),
  family('jfrog token', 'eyJ2ZXIiOiIyIiwi', DOTTED, 20),
  family('databricks token', 'dapi dose dkea dsapi', HEX, 30),
  family('snowflake token', 'ETMsDgAAA', '[A-Za-z0-9+/=]', 40),
  family('terraform token', 'tfcli-', ALNUM, 20),
  family('snyk token', 'snyk_uat. snyk_sat.', DOTTED, 20),
  family('semgrep token', 'sgp-', HEX, 40),
  // Watching
  family('axiom token', 'xaat- xapt- xaid-', URLSAFE, 16),
  family('sentry token', 'sntrys_ sntryu_ sntryi_ sntrya_', BASE64, 20),
  family('grafana token', 'glsa_ glc_ eyJrIjoi', BASE64, 24),
  family('new relic key', 'NRAK- NRJS- NRII- NRRA- NRIQ- NRAA- NRSP-', URLSAFE, 18),
  family(
    'dynatrace token',
    'dt0c01. dt0s01. dt0s02. dt0s03. dt0s04. dt0s06. dt0s08. dt0s16.',
    '[A-Z0-9.]',
    40,
  ),
  family('honeycomb key', 'hcaik_ hcxik_ hcamk_ hcalk_ hcbik_ hccik_ hcxlk_ hcalr_', '[a-z0-9]', 24),
  ordinary('datadog key', 'pub ddp_ ddapp_', '[a-f0-9]', 32),
  ordinary('pagerduty key', 'pdus+_ pdeu+_ pdut_', '[A-Za-z0-9_+-]', 14),
  family('elastic key', 'essu_', BASE64, 40),
  family('rootly key', 'rootly_', HEX, 40),
  family('incident.io key', 'inc_development_ inc_production_ inc_live_', HEX, 32),
  family('firehydrant key', 'fhb-', HEX, 24),
  ordinary('checkly key', 'cu_', '[a-f0-9]', 30),
  family('posthog key', 'phx_ phs_', ALNUM, 30),
  family('launchdarkly key', 'sdk- mob-', '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]', 11),
  family('statsig key', 'secret-', '[A-Za-z0-9]', 36),
  // Vaults
  family('vault token', 'hvs. hvb. hvr.', URLSAFE, 20),
  family('doppler token', 'dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit. dp.said.', DOTTED, 20),
  family('1password token', 'ops_eyJ', BASE64, 40),
  family('1password key', 'A3-', '[A-Z0-9-]', 30),
  family('infisical token', 'st.', '[a-f0-9.-]', 60),
  family('age key', 'AGE-SECRET-KEY-1 AGE-SECRET-KEY-PQ-1', UPPER, 40),
  family('akeyless key', 'p-akl', ALNUM, 20),
  // Money
  family(
    'stripe key',
    'sk_live_ sk_test_ rk_live_ rk_test_ sk_org_live_ sk_org_test_ whsec_',
    '[A-Za-z0-9+/=]',
    16,
  ),
  family('square token', 'sq0atp- sq0csp- sq0idp-', URLSAFE, 20),
  ordinary('square token', 'EAAA', URLSAFE, 56),
  family('shopify token', 'shpat_ shpca_ shppa_ shpss_ shptka_ shpua_', ALNUM, 24),
  family('paypal token', 'access_token$production$ access_token$sandbox$', '[a-z0-9$]', 20),
  family('razorpay key', 'rzp_live_ rzp_test_', ALNUM, 14),
  family('plaid token', 'access-sandbox- access-production- access-development-', '[0-9a-f-]', 32),
  family('flutterwave key', 'FLWSECK- FLWSECK_TEST- FLWSECK_TEST', '[A-Za-z0-9-]', 12),
  family('gocardless token', 'live_ sandbox_', '[A-Za-z0-9_=-]', 38),
  family('lob key', 'live_ test_', '[a-f0-9]', 34),
  family('easypost key', 'EZAK EZTK', ALNUM, 50),
  family('shippo token', 'shippo_live_ shippo_test_', HEX, 36),
  family('duffel token', 'duffel_test_ duffel_live_', URLSAFE, 36),
  // Mail and messages
  family('sendgrid key', 'SG.', '[A-Za-z0-9_.-]', 40),
  family('mailgun key', 'key-', '[a-f0-9]', 32),
  family('brevo key', 'xkeysib- xsmtpsib-', '[A-Za-z0-9-]', 40),
  ordinary('resend key', 're_', WORD, 26),
  ordinary('twilio key', 'SK', '[a-f0-9]', 32),
  ordinary('telnyx key', 'KEY0', WORD, 36),
  family('courier key', 'pk_prod_ pk_test_ dk_prod_', UPPER, 24),
  family('knock key', 'sk_prod_', URLSAFE, 24),
  // Data stores
  family('supabase key', 'sbp_ sb_secret_', URLSAFE, 24),
  family('planetscale key', 'pscale_tkn_ pscale_pw_ pscale_oauth_', '[A-Za-z0-9_.=-]', 28),
  ordinary('neon key', 'napi_', '[a-z0-9]', 40),
  family('mongodb key', 'mdb_sa_sk_', URLSAFE, 30),
  family('cockroach key', 'CCDB1_', WORD, 30),
  family('aiven password', 'AVNS_', URLSAFE, 14),
  family('dbt token', 'dbtc_ dbtu_ dbts_', BASE64, 24),
  family('xata key', 'xau_', ALNUM, 30),
  family('airtable token', 'pat', '[A-Za-z0-9]{14}\\.[a-f0-9]', 50),
  family('pinecone key', 'pcsk_', WORD, 40),
  // Models
  family('openai key', 'sk-proj- sk-svcacct- sk-admin- sk-None-', URLSAFE, 20),
  ordinary('openai key', 'sk-', ALNUM, 32),
  family('anthropic key', 'sk-ant-', URLSAFE, 20),
  family('openrouter key', 'sk-or-v1-', HEX, 40),
  family('langfuse key', 'sk-lf-', '[a-f0-9-]', 30),
  family('langsmith key', 'lsv2_pt_ lsv2_sk_', WORD, 32),
  family('groq key', 'gsk_', ALNUM, 30),
  family('hugging face token', 'hf_ api_org_', ALNUM, 28),
  family('replicate token', 'r8_', ALNUM, 30),
  family('perplexity key', 'pplx-', ALNUM, 30),
  family('xai key', 'xai-', ALNUM, 40),
  family('together key', 'tgp_v1_', URLSAFE, 30),
  ordinary('fireworks key', 'fw_', ALNUM, 22),
  family('cerebras key', 'csk-', ALNUM, 30),
  family('nvidia key', 'nvapi-', URLSAFE, 40),
  ordinary('voyage key', 'pa-', URLSAFE, 40),
  ordinary('elevenlabs key', 'sk_', '[a-f0-9]', 40),
  family('weights and biases key', 'wandb_v1_', WORD, 40),
  family('tavily key', 'tvly-', URLSAFE, 24),
  ordinary('firecrawl key', 'fc-', '[a-f0-9]', 30),
  family('apify token', 'apify_api_ apify_proxy_', ALNUM, 24),
  family('e2b key', 'e2b_', HEX, 30),
  ordinary('runpod key', 'rpa_', ALNUM, 36),
  // Products
  family('linear token', 'lin_api_ lin_oauth_ lin_wh_', ALNUM, 24),
  family('notion token', 'ntn_', ALNUM, 36),
  ordinary('notion token', 'secret_', ALNUM, 40),
  family('hubspot token', 'pat-na1- pat-na2- pat-eu1- pat-ap1-', '[A-Za-z0-9-]', 30),
  family('dropbox token', 'sl.u. sl.B sl.A', URLSAFE, 60),
  family('contentful token', 'CFPAT-', URLSAFE, 36),
  family('typeform token', 'tfp_', DOTTED, 36),
  family('readme key', 'rdme_', '[a-z0-9]', 50),
  family('frame.io token', 'fio-u-', URLSAFE, 40),
  family('adobe secret', 'p8e-', ALNUM, 28),
  family('ubidots token', 'BBFF-', ALNUM, 24),
  family('mapbox token', 'sk.eyJ tk.eyJ', DOTTED, 40),
  family('unkey key', 'unkey_', ALNUM, 16),
  family('inngest key', 'signkey-prod- signkey-test- signkey-branch-', HEX, 32),
  family('trigger key', 'tr_prod_ tr_dev_ tr_stg_ tr_pat_', ALNUM, 18),
  family('stytch secret', 'secret-live- secret-test-', BASE64, 30),
  family('onfido token', 'api_live. api_live_us. api_live_ca. api_sandbox.', DOTTED, 24),
  family('ngrok key', 'ngrok_api_ ak_2 cr_2', WORD, 26),
  family('sumo token', 'suLVyR suMgP', ALNUM, 40),
  family('zuplo key', 'zpka_', WORD, 30),
  family('cloudsmith key', 'csa_', HEX, 36),
  family('bitcoin key', 'xprv zprv yprv', '[1-9A-HJ-NP-Za-km-z]', 90),
];
