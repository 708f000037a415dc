/**
 * The configuration that `steady init` writes: every section and key, commented out, with its default or an example.
 * `# ` begins a remark; `#` without a blank begins a setting, so that removing the `#` of a section switches it on.
 */
export function configTemplate(): string {
  return TEMPLATE;
}

const TEMPLATE = `# Configuration of Steady. "#" followed by a blank is a remark; remove the "#" of a setting to use it.
# Durations: 30m, 90s, 1h30m. Any text may be "env:NAME" or "file:path"; such values are secrets and never shown.
# Check it with: steady check

# ---- Slack ----------------------------------------------------------------------------------------------------
# The app is made from manifest.yml. SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET and PORT work alone,
# without this section, and win over it.

#[slack]
#bot_token = "env:SLACK_BOT_TOKEN"
# One of the two: app_token connects by Socket Mode (no public address needed), signing_secret serves HTTP.
#app_token = "env:SLACK_APP_TOKEN"
#signing_secret = "env:SLACK_SIGNING_SECRET"
# The port for HTTP; Slack must reach it at /slack/events.
#port = 3000
# Another server that speaks Slack's protocols; https unless it is on this machine.
#api_url = "https://slack.com/api/"
# One card per incident is kept up to date here, its updates in the thread.
#announce_channel = "incidents"
# Offer a channel of its own on declare; needs the optional scopes named in manifest.yml.
#new_channels = false
# Follow messages in incident channels: edits of marked messages and who said what. Without it those are lost.
#read_messages = true
# The reaction that puts a message on the timeline, and the one that says it was recorded.
#emoji = "pushpin"
#recorded_emoji = "white_check_mark"
# Channels shared with other companies where Steady may declare and show evidence; elsewhere it does neither.
#shared_channels = ["partner-incidents"]
# Who may act although the rule refuses them: guests, people of partner workspaces, bots.
#allow_guests = false
#allow_teams = ["T0456EFGH"]
#allow_bots = ["U0456EFGH"]
# User groups whose members may act in any incident they can see, beside the members of its channel.
#allow_groups = ["S0123ABCD"]
# Workspaces that are served; without it the one the bot token belongs to.
#teams = ["T0123ABCD"]
# What Slack counts the app as: internal (made in your own workspace), marketplace, or unlisted (commercial).
#rate_class = "internal"
# Socket connections of this app that are expected; more is a loud warning.
#expected_connections = 1

# The environment (NAME of a deployment) that a channel's questions mean when they name none.
#[slack.environments]
#checkout = "prod"

# Workspaces of the older skill are used only when asked for here or by STEADY_SLACK_WORKSPACE:
# workspace = "acme" under [slack], in place of bot_token, and
# [slack.workspaces.acme] with its token.

# ---- The promise ----------------------------------------------------------------------------------------------

#[cadence]
# Every open incident hears from us this often; 10s or more.
#update_every = "30m"
# The lead gets a draft this long before an update is due.
#draft_before = "5m"
# A late update asks lead and comms after this long, and escalate_to after that.
#late_after = "5m"
#escalate_after = "15m"
#escalate_to = ["U0123ABCD", "S0123ABCD"]
# Messages in the channel per missed update, at most.
#nudge_cap = 5
# "No change" in a row before a sentence is asked for.
#heartbeats_in_a_row = 2

# Other intervals by phase and severity; what is absent follows update_every.
#[cadence.table.investigating]
#P1 = "15m"
#P2 = "30m"
#P3 = "1h"
#P4 = "4h"

#[cadence.table.mitigated]
#P1 = "30m"
#P2 = "1h"
#P3 = "4h"
#P4 = "1d"

# Long mode: an incident that has lasted this long needs to be heard of less often.
#[cadence.long]
#after = "4h"
#update_every = "2h"

# ---- Mitigations ----------------------------------------------------------------------------------------------
# Commands that whoever announces a mitigation is shown to run; Steady runs none. {service}, {version} and {flag} come from what
# systems answered, shell-quoted, so they stand outside quotes.

#[mitigations]
#rollback = "kubectl rollout undo deployment/{service}"
#flag = "flagctl disable {flag}"
#rate_limit = "limitctl set {service} 100"

# Others for one service.
#[mitigations.services.checkout]
#rollback = "argocd app rollback {service}"

# ---- Conclusions ----------------------------------------------------------------------------------------------

#[conclusions]
# Severities that are resolved without somebody independent judging the conclusion; the five questions remain.
#skip_judge = ["P3", "P4"]

# ---- Services -------------------------------------------------------------------------------------------------
# What a service promises, so that a postmortem says what an incident took of the error budget.

#[services.checkout]
#slo = "99.9%/30d"

# ---- Telemetry ------------------------------------------------------------------------------------------------
# NAME is what people type after env: in the channel. Each takes link_url (where browsers find it, when that
# differs), ca_file, timeout and concurrency.

#[prometheus.deployments.prod]
#url = "https://prometheus.example.com"
#link_url = "https://prometheus.example.com"
# One way to sign in: a bearer token, a user name with password, or a header.
#token = "env:PROMETHEUS_TOKEN"
# username = "steady" and password = "file:/run/secrets/prometheus"
# header_name = "X-Api-Key" and header_value = "env:PROMETHEUS_KEY"
# Cloudflare Access in front is sent in addition:
#cf_access_client_id = "env:CF_ACCESS_CLIENT_ID"
#cf_access_client_secret = "env:CF_ACCESS_CLIENT_SECRET"
#timeout = "30s"
#concurrency = 4

# Loki takes the same keys except link_url.
#[loki.deployments.prod]
#url = "https://loki.example.com"
#token = "env:LOKI_TOKEN"
# The tenant, where Loki serves several (X-Scope-OrgID).
#org_id = "team-a"
# Links lead to the Explore of this Grafana, which has this Loki as the data source with this uid. Without both, an
# answer shows the request that reproduces it.
#grafana_url = "https://grafana.example.com"
#grafana_uid = "P8E80F9AEF21F6940"

# Alertmanager takes the same keys as Prometheus.
#[alertmanager.deployments.prod]
#url = "https://alertmanager.example.com"
#link_url = "https://alertmanager.example.com"
#token = "env:ALERTMANAGER_TOKEN"

#[sentry.deployments.prod]
# sentry.io, a region of it (https://de.sentry.io) or a host of your own.
#url = "https://sentry.io"
#token = "env:SENTRY_TOKEN"
#organization_slug = "my-org"
# What questions are about that name no project; without it, all projects.
#project_slug = "checkout"

# Grafana takes url, link_url and the same keys for the token, for user name and password and for Cloudflare Access.
#[grafana.deployments.prod]
#url = "https://grafana.example.com"
# A service account's token; the README lists the permissions that it needs.
#token = "env:GRAFANA_TOKEN"
# The organisation's number, where the token is good for several.
#org_id = 1
# Where signing in is more than a header, instead of a token: access_command = "cloudflared access curl", which takes the
# address and then -s, as curl does. It is run without a shell and gets none of the secrets here.
# SQL, Infinity and JSON data sources and kinds that Steady does not know are asked only where you name them, by uid or
# name, and so vouch that their own credentials can only read.
#vouched_sources = ["P8E80F9AEF21F6940"]
# Annotations with one of these tags are changes that somebody made: deploys, flags.
#change_tags = ["deploy", "release", "feature-flag"]

# Axiom: an API token (xaat-) that may query; a personal one (xapt-) works too and needs org_id. org_id is what stands
# first in the console's address; without it answers have no link. url may also be an edge or a proxy.
#[axiom.deployments.prod]
#url = "https://api.axiom.co"
#token = "env:AXIOM_TOKEN"
#org_id = "my-org"

# Pyroscope takes the same keys as Grafana to sign in, access_command too.
#[pyroscope.deployments.prod]
#url = "https://pyroscope.example.com"
#username = "steady"
#password = "env:PYROSCOPE_PASSWORD"
# The tenant, where Pyroscope serves several (X-Scope-OrgID).
# org_id = "team-a"
# Links lead to the profile pages of this Grafana, which has this Pyroscope as the data source with this uid. Without
# both they lead to its own pages (link_url), where its version has some that an address opens.
#grafana_url = "https://grafana.example.com"
#grafana_uid = "P02E4190217B50628"

#[discovery]
# Each part of a discovery may take this long; what does not answer is shown as unavailable.
#timeout = "10s"

#[changes]
# While a P1 or P2 is open, Grafana, Sentry and Axiom are asked this often for deploys and flags; the lead is asked
# about one that nobody announced.
#look_every = "3m"

# ---- The rest -------------------------------------------------------------------------------------------------

#[storage]
# A PostgreSQL server, 15 or newer (DATABASE_URL works alone); without it, an embedded database in data_dir.
#database_url = "env:DATABASE_URL"
# Default: $XDG_STATE_HOME/steady, else ~/.local/state/steady (STEADY_DATA_DIR works alone).
#data_dir = "~/.local/state/steady"

# ---- Knowledge ------------------------------------------------------------------------------------------------

#[knowledge]
# How often the repositories below are pulled, and how long an entry that helps nobody stays out of the archive.
#sync_every = "10m"
#stale_after = "180d"
# When they are tidied up without being asked, and how many entries in one file make Steady offer it.
#sleep = "weekly mon 04:00 Europe/Berlin"
#sleep_when = 200

# What a team shares: a git repository with a folder kb/ (facts.md, patterns.md, queries.md, incidents.md, integrations.md).
# Without repo it is kept in Steady's own storage. A token needs to read and write the repository's contents.
#[knowledge.orgs.acme]
#repo = "https://git.example.com/acme/knowledge.git"
#branch = "main"
#token = "env:KNOWLEDGE_TOKEN"
# Hears what is tidied up; without it whoever wrote last does.
#channel = "sre-knowledge"

# Patterns that become links in what Steady posts; $0 is the match, $1 its first group.
#[links]
#'PROJ-\\d+' = "https://issues.example.com/browse/$0"
#'PR #(\\d+)' = "https://git.example.com/acme/checkout/pull/$1"

#[logging]
# trace, debug, info, warn, error or fatal. Message text is never logged.
#level = "info"

# Metrics and health on a port of their own; without a port there are none.
#[metrics]
#port = 9464
#host = "127.0.0.1"

#[redaction]
# Beside every secret Steady holds and known token shapes, these never leave:
#patterns = ['INTERNAL-[0-9]{6}']
# Harmless texts that look like secrets:
#allow = ["example-token-of-the-docs"]
`;
