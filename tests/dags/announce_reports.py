"""Announce reports as tasks do, one after the other; a program, because it needs an Airflow. Arguments: their JSON."""

import json
import sys

from airflow.assets.manager import asset_manager
from airflow.models.asset import AssetModel
from airflow.utils.session import create_session
from sqlalchemy import select

for announced in sys.argv[1:]:
    with create_session() as session:
        asset = session.scalars(select(AssetModel).where(AssetModel.name == "audit_report")).one()
        asset_manager.register_asset_change(asset=asset, extra=json.loads(announced), session=session)
