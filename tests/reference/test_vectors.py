"""Every case of every vector file holds."""


def test_the_case_holds(case):
    case.check()
