"""Two database drivers that find no server, and what they do without one."""

import mysql.connector
import oracledb
from mysql.connector import errorcode
from mysql.connector.conversion import MySQLConverter
from sqlalchemy import MetaData, Table, Column, Integer, String, create_engine
from sqlalchemy.schema import CreateTable


def handler(event, context):
    try:
        mysql.connector.connect(host="127.0.0.1", port=1, user="u", password="p", connection_timeout=2)
    except mysql.connector.Error as error:
        mysql_error = [error.errno == errorcode.CR_CONN_HOST_ERROR or error.errno, type(error).__name__]
    try:
        oracledb.connect(user="u", password="p", dsn="127.0.0.1:1/x", tcp_connect_timeout=1)
    except oracledb.Error as error:
        oracle_error = error.args[0].full_code
    table = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("name", String(20)))
    made = {}
    for url in event["urls"]:
        engine = create_engine(url)
        made[engine.dialect.driver] = " ".join(str(CreateTable(table).compile(engine)).split())
    return {"mysql": mysql_error, "oracle": oracle_error, "made": made, "thin": oracledb.is_thin_mode(),
            "converted": MySQLConverter().escape("it's")}
