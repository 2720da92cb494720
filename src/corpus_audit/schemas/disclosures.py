"""What a provider tells regulators and the public: as claimed, and beside facts."""

from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS, columns, table

CLAIMED_DISCLOSURE = table(
    "claimed_disclosure", "what the provider tells about the dataset as a whole", ("dataset_id",),
    ("dataset_id", STR, "Identifier of the dataset, as declared."),
    ("provider", STR, "Who provides the models trained with the data, or not-recorded."),
    ("provider_contact", STR, "How to reach the provider, or not-recorded."),
    ("representative", STR, "Authorised representative in the Union, or not-recorded."),
    ("representative_contact", STR, "How to reach the representative, or not-recorded."),
    ("code_of_practice", STR, "Declared answer to whether the provider signed the Code of Practice."),
    ("trained_models", INT, "Number of models named as trained with the data."),
    ("summary_version", STR, "Version of the public summary, or not-recorded."),
    ("summary_updated_at", STR, "When the summary was last updated (ISO 8601), or not-recorded."),
    ("reservation_measures", STR, "What was done to respect reservations of rights, or not-recorded."),
    ("illegal_content_measures", STR, "What was done to remove illegal content, or not-recorded."),
    ("furthers", STR, "How the data furthers what the models are meant for, or not-recorded."),
    ("characteristics", STR, "What else is characteristic of the data, or not-recorded."),
    ("rights_contact", STR, "Who answers for intellectual property, or not-recorded."),
    ("complaints_contact", STR, "How to complain about it, or not-recorded."),
    ("manual_sampled", INT, "Records that people read as a sample; null when not recorded."),
    ("manual_rejected", INT, "How many of them they found illegal or harmful; null when not recorded."),
    ("automatic_sampled", INT, "Records that keywords or a classifier went through; null when not recorded."),
    ("automatic_rejected", INT, "How many of them those found illegal or harmful; null when not recorded."),
    ("keywords", INT, "Number of keywords in the list used; null when not recorded."),
    ("ethics_listed", STR, "Declared answer to whether the activity is on the list for ethics re-examination."),
    ("ethics_approval", STR, "Number or name of the ethics approval, or not-recorded."),
    ("ethics_expires_at", STR, "Last day the approval holds (ISO 8601), or not-recorded."),
    ("publication_url", STR, "Address where the dataset is offered, or not-recorded."),
    ("publication_license", STR, "Terms the dataset as a whole is offered under, or not-recorded."),
    ("creators", STRINGS, "Who made the dataset; empty when not recorded."),
)  # fmt: skip

CLAIMED_SOURCE_DISCLOSURES = table(
    "claimed_source_disclosures", "what the provider tells about one source", ("source_id",),
    ("source_id", STR, "Identifier of the source."),
    ("modalities", STRINGS, "Declared kinds of content (vocabulary Modality); empty when not recorded."),
    ("content_types", STRINGS, "Declared types of content; empty when not recorded."),
    ("label_kinds", STRINGS, "Kinds of labels its records are declared to carry; empty when not recorded."),
    ("rights_holders", STRINGS, "Who holds the rights, as notices have to name them; empty when not recorded."),
    ("purchased", STR, "Declared answer to whether it was bought."),
    ("copyright", STR, "Declared answer to whether it holds works protected by copyright."),
    ("trademark", STR, "Declared answer to whether it holds protected trademarks."),
    ("patent", STR, "Declared answer to whether it holds what is protected by patents."),
    ("aggregate_consumer_information", STR, "Declared answer to whether it holds figures on groups of consumers."),
    ("synthetic_purpose", STR, "What generated data is needed for, or not-recorded."),
    ("crawlers", STRINGS, "Programs that collected it from the web; empty when not recorded."),
    ("crawler_purposes", INT, "How many of them have a declared purpose."),
    ("crawler_behaviours", INT, "How many of them have a declared behaviour (robots.txt, paywalls, captchas)."),
    ("crawl_kinds", STR, "Kinds of content and of sites that were crawled, or not-recorded."),
    ("crawl_domains", INT, "Number of domains named."),
    ("model_interactions", STR, "Declared answer to whether it holds people's exchanges with a model."),
    ("other_services", STR, "Declared answer to whether it comes from the use of other services."),
    ("services", STR, "Services it came from, or not-recorded."),
    ("collection_ongoing", STR, "Declared answer to whether collection goes on."),
    ("consent_reference", STR, "Where the consents to personal information are kept, or not-recorded."),
    ("before_sampled", INT, "Records looked at before collection; null when not recorded."),
    ("before_rejected", INT, "How many of them were found illegal or harmful; null when not recorded."),
    ("after_sampled", INT, "Records looked at after collection; null when not recorded."),
    ("after_rejected", INT, "How many of them were found illegal or harmful; null when not recorded."),
)  # fmt: skip

CLAIMED_TRAINED_MODELS = table(
    "claimed_trained_models", "one model that the data was used to train", ("trained_model",),
    ("trained_model", STR, "Name and version it is known by."),
    ("url", STR, "Page that describes it, or not-recorded."),
    ("depends_on", STRINGS, "Models it was made from; empty when not recorded."),
    ("eu_market_at", STR, "When it was placed on the market of the Union (ISO 8601), or not-recorded."),
    ("data_first_used_at", STR, "When the data was first used in its development (ISO 8601), or not-recorded."),
    ("keeps_training", STR, "Declared answer to whether it is trained on new data as it arrives."),
)  # fmt: skip





