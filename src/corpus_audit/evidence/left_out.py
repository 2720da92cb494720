"""What lies in the folders of sources and is no part of the audit: nothing that is there goes unsaid."""

from corpus_audit import schemas
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import columns
from corpus_audit.vocabulary import LeftOutKind, LeftOutState

SOURCE_LEFT_OUT = f"""
    SELECT source_id,
           CAST(SUM(CASE WHEN kind = '{LeftOutKind.UNDECLARED}' THEN files ELSE 0 END) AS BIGINT) AS files_undeclared,
           CAST(SUM(CASE WHEN kind = '{LeftOutKind.UNDECLARED}' THEN size_bytes ELSE 0 END) AS BIGINT)
               AS undeclared_bytes,
           CAST(SUM(CASE WHEN kind = '{LeftOutKind.IGNORED}' THEN files ELSE 0 END) AS BIGINT) AS files_ignored,
           CAST(SUM(CASE WHEN kind = '{LeftOutKind.IGNORED}' THEN size_bytes ELSE 0 END) AS BIGINT) AS ignored_bytes,
           CAST(SUM(CASE WHEN kind = '{LeftOutKind.IGNORED}' THEN data_bytes ELSE 0 END) AS BIGINT)
               AS ignored_data_bytes,
           CAST(SUM(CASE WHEN kind = '{LeftOutKind.IGNORED}' THEN declared_files ELSE 0 END) AS BIGINT)
               AS declared_ignored,
           CAST(SUM(CASE WHEN kind = '{LeftOutKind.LINK}' THEN files ELSE 0 END) AS BIGINT) AS links_not_followed,
           CAST(SUM(CASE WHEN kind = '{LeftOutKind.FOLDER}' THEN files ELSE 0 END) AS BIGINT) AS folders_not_listed
    FROM left_out
    GROUP BY source_id
"""  # noqa: S608 - constants

LEFT_OUT_STATE = f"""
    CASE WHEN links_not_followed + folders_not_listed > 0 THEN '{LeftOutState.NOT_LOOKED_AT}'
         WHEN declared_ignored > 0 OR ignored_data_bytes > size_bytes THEN '{LeftOutState.IGNORED_TOO_MUCH}'
         WHEN files_ignored > 0 THEN '{LeftOutState.IGNORED}'
         ELSE '{LeftOutState.NONE}' END
"""
"""What else lies beside the declared files. A manifest may ignore files that are no data: not by a pattern that matches
declared files too, and not more bytes than it declares."""

LEFT_OUT = evidence_table(
    "left_out", "what lies in a source's folders and is no part of the audit, of one kind",
    schemas.LEFT_OUT.key,
    *columns(schemas.LEFT_OUT),
    label=_("files beside the declared ones"),
    inputs=(schemas.LEFT_OUT,),
    sql="SELECT * FROM left_out",
)  # fmt: skip
