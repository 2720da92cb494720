"""Tokens with a service's own format: a prefix that does not occur by chance, then many random characters.

The shapes are those the services document. A token is believed when what follows the prefix is as random as such a
token is, and nothing says that it is an example.
"""

import re
from dataclasses import dataclass

from corpus_audit.measure.detection.detector import Candidate, Confirm, ConfirmedBy, Detector, Match, Pattern
from corpus_audit.measure.detection.secrets.strength import entropy_bits, is_stand_in
from corpus_audit.vocabulary import SpanKind

_ALPHANUMERIC_BITS = 3.5
_HEX_BITS = 2.8
_REACH_BYTES = 400


@dataclass(frozen=True)
class TokenShape:
    """One service's tokens: the prefix, the shortest and the whole body, and how random the body is at least.

    A shape that ``is_code`` holds a sign of code_windows.py.
    """

    entity_type: str
    prefix: str
    shortest: str
    more: str = ""
    bits: float = _ALPHANUMERIC_BITS
    is_code: bool = False


TOKEN_SHAPES = (
    TokenShape("AGE_SECRET_KEY", r"\bAGE-SECRET-KEY-1", "[0-9A-Z]{58}"),
    TokenShape("ALIBABA_ACCESS_KEY", r"\bLTAI", "[A-Za-z0-9]{12}", "[A-Za-z0-9]{0,18}", 3.0),
    TokenShape("ANTHROPIC_API_KEY", r"\bsk-ant-[a-z0-9]{3,10}-", "[A-Za-z0-9_-]{80}", "[A-Za-z0-9_-]{0,40}"),
    TokenShape("ARTIFACTORY_KEY", r"\bAKCp", "[A-Za-z0-9]{69}"),
    TokenShape("ATLASSIAN_TOKEN", r"\bATATT3", "[A-Za-z0-9_=-]{150}", "[A-Za-z0-9_=-]{0,90}"),
    TokenShape("AWS_ACCESS_KEY", r"\b(?:AKIA|ASIA|ABIA|ACCA)", "[A-Z2-7]{16}", bits=2.8),
    TokenShape("AZURE_STORAGE_KEY", r"AccountKey=", "[A-Za-z0-9+/]{86}=="),
    TokenShape("BITBUCKET_TOKEN", r"\bATBB", "[A-Za-z0-9_=.-]{32}"),
    TokenShape("BREVO_KEY", r"\bxkeysib-[a-f0-9]{64}-", "[A-Za-z0-9]{16}", bits=3.0),
    TokenShape("CLOJARS_TOKEN", r"\bCLOJARS_", "[a-z0-9]{60}"),
    TokenShape("DATABRICKS_TOKEN", r"\bdapi", "[a-f0-9]{32}", bits=_HEX_BITS),
    TokenShape("DIGITALOCEAN_TOKEN", r"\bdo[opr]_v1_", "[a-f0-9]{64}", bits=_HEX_BITS),
    TokenShape("DISCORD_TOKEN", r"\b[MN][A-Za-z0-9]{23,25}\.[\w-]{6}\.", r"[\w-]{27}", r"[\w-]{0,11}",
               is_code=True),
    TokenShape("DISCORD_WEBHOOK", r"discord(?:app)?\.com/api/webhooks/[0-9]{17,20}/", r"[\w-]{60}", r"[\w-]{0,20}"),
    TokenShape("DOCKER_TOKEN", r"\bdckr_pat_", "[A-Za-z0-9_-]{27}"),
    TokenShape("DOPPLER_TOKEN", r"\bdp\.(?:pt|st|ct|sa|scim|audit)\.", "[A-Za-z0-9]{40}", "[A-Za-z0-9]{0,8}"),
    TokenShape("DUFFEL_TOKEN", r"\bduffel_(?:test|live)_", "[A-Za-z0-9_=-]{43}"),
    TokenShape("DYNATRACE_TOKEN", r"\bdt0c01\.[A-Z0-9]{24}\.", "[A-Z0-9]{64}"),
    TokenShape("EASYPOST_KEY", r"\bEZ[AT]K", "[A-Za-z0-9]{54}"),
    TokenShape("FIGMA_TOKEN", r"\bfigd_", "[A-Za-z0-9_-]{40}", "[A-Za-z0-9_-]{0,10}"),
    TokenShape("FLUTTERWAVE_KEY", r"\bFLWSECK(?:_TEST)?-", "[a-f0-9]{32}", bits=_HEX_BITS),
    TokenShape("FLY_TOKEN", r"\bfm[12][ar]?_", "[A-Za-z0-9+/=_-]{80}", "[A-Za-z0-9+/=,_-]{0,300}"),
    TokenShape("FRAMEIO_TOKEN", r"\bfio-u-", "[A-Za-z0-9_=-]{64}"),
    TokenShape("GITHUB_TOKEN", r"\b(?:gh[opsru]_|github_pat_)", "[A-Za-z0-9_]{36}", "[A-Za-z0-9_]{0,219}"),
    TokenShape("GITLAB_TOKEN", r"\bgl(?:pat|dt|rt|ptt)-", "[A-Za-z0-9_-]{20}", r"[A-Za-z0-9_.-]{0,280}"),
    TokenShape("GOOGLE_API_KEY", r"\bAIza", "[A-Za-z0-9_-]{35}"),
    TokenShape("GOOGLE_OAUTH_SECRET", r"\bGOCSPX-", "[A-Za-z0-9_-]{28}"),
    TokenShape("GOOGLE_OAUTH_TOKEN", r"\bya29\.", "[A-Za-z0-9_-]{60}", "[A-Za-z0-9_-]{0,320}"),
    TokenShape("GRAFANA_TOKEN", r"\bgl(?:sa|c)_", "[A-Za-z0-9]{32}", "[A-Za-z0-9_+/=]{0,200}"),
    TokenShape("GROQ_KEY", r"\bgsk_", "[A-Za-z0-9]{52}"),
    TokenShape("HEROKU_KEY", r"\bHRKU-AA", "[A-Za-z0-9_-]{58}"),
    TokenShape("HUGGING_FACE_TOKEN", r"\b(?:hf|api_org)_", "[A-Za-z0-9]{34}"),
    TokenShape("LANGSMITH_KEY", r"\blsv2_(?:pt|sk)_[a-f0-9]{32}_", "[a-f0-9]{10}", bits=2.2),
    TokenShape("LINEAR_KEY", r"\blin_api_", "[A-Za-z0-9]{40}"),
    TokenShape("MAILGUN_KEY", r"\bkey-", "[a-f0-9]{32}", bits=_HEX_BITS),
    TokenShape("MAPBOX_TOKEN", r"\bsk\.eyJ", "[A-Za-z0-9_-]{40}", "[A-Za-z0-9_.-]{0,90}"),
    TokenShape("NEW_RELIC_KEY", r"\bNRAK-", "[A-Z0-9]{27}"),
    TokenShape("NOTION_TOKEN", r"\bntn_", "[A-Za-z0-9]{43}", "[A-Za-z0-9]{0,5}"),
    TokenShape("NPM_TOKEN", r"\bnpm_", "[A-Za-z0-9]{36}"),
    TokenShape("NVIDIA_KEY", r"\bnvapi-", "[A-Za-z0-9_-]{60}", "[A-Za-z0-9_-]{0,10}"),
    TokenShape("ONEPASSWORD_TOKEN", r"\bops_eyJ", "[A-Za-z0-9+/=_-]{200}", "[A-Za-z0-9+/=_-]{0,180}"),
    TokenShape("OPENAI_ADMIN_KEY", r"\bsk-admin-", "[A-Za-z0-9_-]{90}", "[A-Za-z0-9_-]{0,110}"),
    TokenShape("OPENAI_API_KEY", r"\bsk-[A-Za-z0-9_-]{16,100}T3BlbkFJ", "[A-Za-z0-9_-]{16}", "[A-Za-z0-9_-]{0,100}"),
    TokenShape("OPENROUTER_KEY", r"\bsk-or-v1-", "[a-f0-9]{64}", bits=_HEX_BITS),
    TokenShape("PERPLEXITY_KEY", r"\bpplx-", "[A-Za-z0-9]{48}"),
    TokenShape("PLANETSCALE_TOKEN", r"\bpscale_(?:tkn|pw)_", "[A-Za-z0-9_=.-]{32}", "[A-Za-z0-9_=.-]{0,32}"),
    TokenShape("POSTMAN_KEY", r"\bPMAK-[a-f0-9]{24}-", "[a-f0-9]{34}", bits=_HEX_BITS),
    TokenShape("PREFECT_KEY", r"\bpnu_", "[A-Za-z0-9]{36}"),
    TokenShape("PREFIXED_API_KEY", r"\bak_", "[A-Za-z0-9]{20}", "[A-Za-z0-9]{0,30}", 3.6),
    TokenShape("PULUMI_TOKEN", r"\bpul-", "[a-f0-9]{40}", bits=_HEX_BITS),
    TokenShape("PYPI_TOKEN", r"\bpypi-AgEIcHlwaS5vcmc", "[A-Za-z0-9_-]{50}", "[A-Za-z0-9_-]{0,250}"),
    TokenShape("README_KEY", r"\brdme_", "[a-z0-9]{70}"),
    TokenShape("REPLICATE_TOKEN", r"\br8_", "[A-Za-z0-9]{37}"),
    TokenShape("RUBYGEMS_KEY", r"\brubygems_", "[a-f0-9]{48}", bits=_HEX_BITS),
    TokenShape("SENDGRID_KEY", r"\bSG\.[A-Za-z0-9_-]{22}\.", "[A-Za-z0-9_-]{43}"),
    TokenShape("SENTRY_TOKEN", r"\bsntry[su]_", "[A-Za-z0-9+/=_-]{60}", "[A-Za-z0-9+/=_-]{0,200}"),
    TokenShape("SHIPPO_TOKEN", r"\bshippo_(?:live|test)_", "[a-f0-9]{40}", bits=_HEX_BITS),
    TokenShape("SHOPIFY_TOKEN", r"\bshp(?:at|ca|pa|ss)_", "[a-fA-F0-9]{32}", bits=_HEX_BITS),
    TokenShape("SLACK_TOKEN", r"\bxox[abeoprs]-", "[0-9A-Za-z-]{20}", "[0-9A-Za-z-]{0,80}", 3.0),
    TokenShape("SLACK_WEBHOOK", r"hooks\.slack\.com/services/T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/", "[A-Za-z0-9]{24}"),
    TokenShape("STRIPE_KEY", r"\b[rs]k_live_", "[0-9A-Za-z]{24}", "[0-9A-Za-z]{0,76}"),
    TokenShape("SUPABASE_TOKEN", r"\bsbp_", "[a-f0-9]{40}", bits=_HEX_BITS),
    TokenShape("TAILSCALE_KEY", r"\btskey-(?:api|auth)-[A-Za-z0-9]{6,20}-", "[A-Za-z0-9]{20}", "[A-Za-z0-9]{0,20}"),
    TokenShape("TELEGRAM_BOT_TOKEN", r"\b[0-9]{8,10}:AA", "[A-Za-z0-9_-]{33}"),
    TokenShape("TENCENT_SECRET_ID", r"\bAKID", "[A-Za-z0-9]{32}"),
    TokenShape("TERRAFORM_TOKEN", r"\.atlasv1\.", "[A-Za-z0-9_=-]{60}", "[A-Za-z0-9_=-]{0,10}"),
    TokenShape("TOGETHER_API_KEY", r"\btgp_v1_", "[A-Za-z0-9_-]{40}", "[A-Za-z0-9_-]{0,12}"),
    TokenShape("TWILIO_KEY", r"\b(?:SK|AC)", "[0-9a-f]{32}", bits=_HEX_BITS),
    TokenShape("TYPEFORM_TOKEN", r"\btfp_", "[A-Za-z0-9_.=-]{59}"),
    TokenShape("VAULT_TOKEN", r"\bhv[bs]\.", "[A-Za-z0-9_-]{90}", "[A-Za-z0-9_-]{0,110}"),
    TokenShape("XAI_KEY", r"\bxai-", "[A-Za-z0-9]{70}", "[A-Za-z0-9]{0,15}"),
)  # fmt: skip


def _confirm_random(prefix: re.Pattern[bytes], bits: float) -> Confirm:
    def confirm(candidate: Candidate) -> Match | None:
        start = prefix.match(candidate.value)
        body = candidate.value[start.end() if start else 0 :]
        if entropy_bits(body) < bits or is_stand_in(body):
            return None
        return Match(candidate.value, 0.95, ConfirmedBy.ENTROPY)

    return confirm


def _detector(shape: TokenShape) -> Detector:
    extent = re.compile(f"{shape.prefix}{shape.shortest}{shape.more}(?![A-Za-z0-9_])".encode())
    anchor = shape.prefix + shape.shortest
    pattern = Pattern(anchor, extent, before=_REACH_BYTES, after=_REACH_BYTES, near_code=shape.is_code)
    return Detector(
        kind=SpanKind.SECRET,
        entity_type=shape.entity_type,
        proposals=(pattern,),
        confirm=_confirm_random(re.compile(shape.prefix.encode()), shape.bits),
    )


DETECTORS: tuple[Detector, ...] = tuple(map(_detector, TOKEN_SHAPES))
