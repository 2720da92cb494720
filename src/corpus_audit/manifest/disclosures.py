"""Disclosures that regulators and users require and no file can show: providers, and processing steps.

Nothing here is judged by measuring. Exports print it as declared, and print *not recorded* where it is missing.
"""

from typing import Self

from pydantic import Field, model_validator

from corpus_audit.manifest.parts import Entries, ManifestPart, refuse_repeats
from corpus_audit.manifest.reviews import DatasetReviews, EthicsReview, SourceReviews
from corpus_audit.manifest.summary import SummaryRecord
from corpus_audit.manifest.values import ByteCount, Date, Text, Url
from corpus_audit.vocabulary import NOT_RECORDED, Answer, Modality


class Publication(ManifestPart):
    """How the dataset is made available."""

    url: Url | None = Field(None, description="Page or address where it is offered; never fetched.")
    creators: Entries[Text] = Field((), description="Who made it.")
    created_at: Date = Field(NOT_RECORDED, description="When it was put together.")
    published_at: Date = Field(NOT_RECORDED, description="When it was released.")
    license: Text = Field(NOT_RECORDED, description="Terms the dataset as a whole is offered under; kept as written.")


class Contact(ManifestPart):
    """A contact: a name and the ways to reach it."""

    name: Text = Field(NOT_RECORDED, description="Name of the organisation or person.")
    contact: Text = Field(NOT_RECORDED, description="How to reach them.")


class Provider(ManifestPart):
    """Who provides the models trained with the data."""

    name: Text = Field(NOT_RECORDED, description="Name of the provider.")
    contact: Text = Field(NOT_RECORDED, description="How to reach the provider.")
    representative: Contact = Field(Contact(), description="Authorised representative in the Union.")
    small_enterprise: Answer = Field(Answer.NOT_RECORDED, description="Is it a small or medium-sized enterprise?")
    code_of_practice: Answer = Field(
        Answer.NOT_RECORDED, description="Did it sign the Code of Practice for general-purpose AI models?"
    )


class TrainedModel(ManifestPart):
    """One model, or one version of it, that the data was used to train."""

    name: Text = Field(description="Name and version it is known by.")
    url: Url | None = Field(None, description="Page that describes it; never fetched.")
    depends_on: Entries[Text] = Field((), description="Models it was made from.")
    eu_market_at: Date = Field(NOT_RECORDED, description="When it was placed on the market of the European Union.")
    data_first_used_at: Date = Field(NOT_RECORDED, description="When the data was first used in its development.")
    keeps_training: Answer = Field(Answer.NOT_RECORDED, description="Is it trained on new data as it arrives?")


class Measures(ManifestPart):
    """What was done about rights and content, in words."""

    rights_reservations: Text = Field(NOT_RECORDED, description="Respecting opt-outs from text and data mining.")
    illegal_content: Text = Field(NOT_RECORDED, description="Removing illegal content.")
    other: Text = Field(NOT_RECORDED, description="Anything else about how the data was processed.")


class Disclosure(ManifestPart):
    """A provider's disclosure to regulators and the public about the dataset as a whole."""

    provider: Provider = Field(Provider(), description="Who provides the models.")
    models: Entries[TrainedModel] = Field((), description="Models trained with the data.")
    summary: SummaryRecord = Field(SummaryRecord(), description="The public summary as a document.")
    measures: Measures = Field(Measures(), description="What was done about rights and content.")
    furthers: Text = Field(NOT_RECORDED, description="How the data furthers what the models are meant for.")
    characteristics: Text = Field(
        NOT_RECORDED, description="What else is characteristic of the data: regions, groups, periods, …"
    )
    rights_contact: Contact = Field(
        Contact(), description="Who answers for intellectual property, and how to complain."
    )
    content_review: DatasetReviews = Field(DatasetReviews(), description="Looks at the content of the whole.")
    ethics_review: EthicsReview = Field(EthicsReview(), description="Ethics review of what the data is used for.")

    @model_validator(mode="after")
    def _names_each_model_once(self) -> Self:
        return refuse_repeats(self, "models", "name", [model.name for model in self.models])


class Protection(ManifestPart):
    """Whether a source holds what the law protects."""

    copyright: Answer = Field(Answer.NOT_RECORDED, description="Does it hold works protected by copyright?")
    trademark: Answer = Field(Answer.NOT_RECORDED, description="Does it hold protected trademarks?")
    patent: Answer = Field(Answer.NOT_RECORDED, description="Does it hold what is protected by patents?")


class Crawler(ManifestPart):
    """One program that collected content from the web."""

    name: Text = Field(description="Name it identifies itself by.")
    purpose: Text = Field(NOT_RECORDED, description="What it collects for.")
    behaviour: Text = Field(NOT_RECORDED, description="What it does about robots.txt, paywalls and captchas.")


class CrawledDomain(ManifestPart):
    """One domain that content was collected from."""

    name: Text = Field(description="Domain name.")
    size_bytes: ByteCount | None = Field(None, description="Size of the content kept from it, in bytes.")


class Crawl(ManifestPart):
    """How content came from the web."""

    crawlers: Entries[Crawler] = Field((), description="Programs that collected it.")
    kinds: Text = Field(NOT_RECORDED, description="Kinds of content and of sites: news, forums, shops, …")
    domains: Entries[CrawledDomain] = Field((), description="Domains it came from.")


class UserData(ManifestPart):
    """Whether people's use of a service made the source."""

    model_interactions: Answer = Field(Answer.NOT_RECORDED, description="Does it hold people's exchanges with a model?")
    other_services: Answer = Field(Answer.NOT_RECORDED, description="Does it come from the use of other services?")
    services: Text = Field(NOT_RECORDED, description="Services it came from.")
    sensitive_consent: Answer = Field(
        Answer.NOT_RECORDED, description="Did users consent separately to training with their sensitive information?"
    )
    under_14: Answer = Field(Answer.NOT_RECORDED, description="Are children under 14 among the users?")
    guardian_consent: Answer = Field(
        Answer.NOT_RECORDED, description="Did guardians consent to training for users under 14?"
    )
    minors_audited_at: Date = Field(
        NOT_RECORDED, description="When the handling of minors' information was last audited."
    )


class SourceDisclosure(ManifestPart):
    """A provider's disclosure to regulators and the public about one source."""

    modalities: Entries[Modality] = Field((), description="Kinds of content: text, image, audio, video.")
    other_modality: Text = Field(
        NOT_RECORDED, description="Kind of content that is none of these: tables, sensor readings, …"
    )
    content: Entries[Text] = Field((), description="Types of content: fiction, source code, photographs, …")
    labels: Entries[Text] = Field((), description="Kinds of labels its records carry.")
    rights_holders: Entries[Text] = Field((), description="Who holds the rights, as notices have to name them.")
    purchased: Answer = Field(Answer.NOT_RECORDED, description="Was it bought?")
    protection: Protection = Field(Protection(), description="Whether it holds what the law protects.")
    aggregate_consumer_information: Answer = Field(
        Answer.NOT_RECORDED, description="Does it hold figures on groups of consumers?"
    )
    synthetic_purpose: Text = Field(NOT_RECORDED, description="What generated data is needed for.")
    crawl: Crawl = Field(Crawl(), description="Crawlers and domains that content came from.")
    user_data: UserData = Field(UserData(), description="Whether people's use of a service made it.")
    content_review: SourceReviews = Field(SourceReviews(), description="Looks at its content.")
