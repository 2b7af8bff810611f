"""Snowflake, Redshift with IAM, and Neo4j, each against a stand-in on this machine."""

import json

import neo4j
import redshift_connector
import snowflake.connector
from neo4j import GraphDatabase, Result
from neo4j.exceptions import Neo4jError, ServiceUnavailable

import fakes

NUMBER, TEXT = {"type": "fixed", "precision": 10, "scale": 2}, {"type": "text", "length": 20, "byteLength": 80}
ROWS = {"rowtype": [{"name": "PRICE", "nullable": False, **NUMBER}, {"name": "NAME", "nullable": True, **TEXT}, {"name": "AT", "type": "date", "nullable": True}],
        "rowset": [["1.25", "tea", "19000"], ["7.00", None, "19001"]], "total": 2, "returned": 2, "queryId": "01b", "queryResultFormat": "json", "parameters": [], "statementTypeId": 4096}
LOGIN = {"token": "t", "masterToken": "m", "validityInSeconds": 3600, "masterValidityInSeconds": 14400, "sessionId": 1, "parameters": [], "sessionInfo": {"databaseName": "SHOP"}}
CREDENTIALS = ("<GetClusterCredentialsResponse><GetClusterCredentialsResult><DbUser>IAM:ann</DbUser><DbPassword>p</DbPassword>"
               "<Expiration>2999-01-01T00:00:00Z</Expiration></GetClusterCredentialsResult></GetClusterCredentialsResponse>")


def answer(path, body):
    if "GetClusterCredentials" in body:
        return "text/xml", CREDENTIALS
    data = LOGIN if "login-request" in path else ROWS if "query-request" in path else {}
    return "application/json", json.dumps({"data": data, "success": True, "code": None, "message": None})


def snow(port, seen, event):
    with snowflake.connector.connect(user="u", password="p", account="shop", host="127.0.0.1", port=port, protocol="http") as connection:
        with connection.cursor(snowflake.connector.DictCursor) as cursor:
            rows = cursor.execute("select * from sales where name = %(name)s", {"name": event["name"]}).fetchall()
            columns = [c.name for c in cursor.description]
    sql = [json.loads(body)["sqlText"] for path, body in seen if "query-request" in path]
    return {"rows": [[str(v) for v in row.values()] for row in rows], "columns": columns, "sql": sql, "fips": str(snowflake.connector.get_fips_status())[:4]}


def redshift(port, seen):
    iam = dict(iam=True, database="shop", db_user="ann", host="127.0.0.1", port=1, cluster_identifier="c", region="eu-west-1", endpoint_url=f"http://127.0.0.1:{port}", timeout=2)
    said = []
    for more in ({"access_key_id": "a", "secret_access_key": "s"}, {"credentials_provider": "OktaCredentialsProvider", "user": "u", "password": "p", "idp_host": "localhost:1", "app_id": "1"},
                 {"credentials_provider": "AdfsCredentialsProvider", "user": "u", "password": "p", "idp_host": ""}):
        try:
            redshift_connector.connect(**iam, **more)
        except redshift_connector.Error as error:
            said.append([type(error).__name__, str(error).split("(")[0][:60]])
    return {"said": said, "asked": [body.split("&")[0] for _, body in seen if "Action" in body], "style": redshift_connector.paramstyle}


def graph(queries, event):
    person = (0x4E, 7, ["Person"], {"name": event["name"], "born": (0x44, 7000)})
    port = fakes.bolt(["p", "at"], [[person, (0x58, 4326, 13.4, 52.5)]], queries)
    with GraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=("neo4j", "p")) as driver:
        records, summary, keys = driver.execute_query("MATCH (p) WHERE p.name = $n RETURN p, p.at AS at", n=event["name"])
        with driver.session(database="shop") as session:
            count = session.execute_read(lambda tx: len(tx.run("RETURN 1").graph().nodes))
            single = session.run("RETURN 2").single().data()
    try:
        with GraphDatabase.driver("neo4j://127.0.0.1:1", auth=None, connection_timeout=1) as driver:
            driver.verify_connectivity()
    except ServiceUnavailable as error:
        away = type(error).__mro__[1].__name__
    node, point = records[0]["p"], records[0]["at"]
    return {"keys": keys, "labels": sorted(node.labels), "born": node["born"].iso_format(), "point": [type(point).__name__, point.longitude], "server": summary.server.agent,
            "count": count, "single": sorted(single["p"]), "away": away, "asked": len(queries), "duration": str(neo4j.time.Duration(hours=25)), "error": issubclass(Neo4jError, Exception)}


def handler(event, context):
    seen, queries = [], []
    port = fakes.http(answer, seen)
    return {"snowflake": snow(port, seen, event), "redshift": redshift(port, seen), "neo4j": graph(queries, event)}
