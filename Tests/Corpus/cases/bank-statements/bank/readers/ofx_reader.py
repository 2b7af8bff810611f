import io

from ofxtools.Parser import OFXTree


def entries(content):
    tree = OFXTree()
    tree.parse(io.BytesIO(content))
    ofx = tree.convert()
    for statement in ofx.statements:
        for t in statement.transactions:
            yield {"date": t.dtposted.date().isoformat(), "amount": str(t.trnamt), "kind": t.trntype,
                   "currency": statement.curdef, "text": t.memo or "", "name": t.name,
                   "account": statement.account.acctid}
