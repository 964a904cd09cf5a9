"""Planned items that use analysis datasets: the dataset is declared, with the roles that the item needs; arms are known."""

from cordside.protocol.itemcheck import Found, Place, unknown
from cordside.protocol.plans.data import FromData
from cordside.protocol.protocol import Protocol


def check_datasets(protocol: Protocol) -> Found:
    """Datasets that are not declared, or not with what is asked of them; arms that are compared and do not exist."""
    for index, item in enumerate(protocol.analyses):
        if not isinstance(item, FromData):
            continue
        for name in dict.fromkeys([*([item.data] if item.data else []), *(data for _, data, _ in item.uses())]):
            if name not in protocol.analysis_data:
                yield ("analyses", index, "data"), unknown(name, "datasets", protocol.analysis_data)
        roles = protocol.analysis_data.get(item.data or "")
        for role in item.roles() if roles else ():
            if getattr(roles, role) is None:
                words = (f"{item.data} has no {role}", f"{role}: a variable under analysis_data.{item.data}", "declare it")
                yield ("analyses", index, "data"), words
    yield from _arms(protocol)


def _arms(protocol: Protocol) -> Found:
    known = [name for code, arm in (protocol.arms or {}).items() for name in (code, arm.label)]
    for index, item in enumerate(protocol.analyses):
        named: dict[Place, str | None] = {("reference",): getattr(item, "reference", None)}
        named |= {("doses", arm): arm for arm in getattr(item, "doses", {})}
        for place, arm in named.items():
            if arm and arm not in known:
                yield ("analyses", index, *place), unknown(arm, "arms", known)
