# Compiled by pysmi from ACME-PLANT-MIB.mib
(Integer, OctetString, ObjectIdentifier) = mibBuilder.import_symbols("ASN1", "Integer", "OctetString", "ObjectIdentifier")
(NamedValues,) = mibBuilder.import_symbols("ASN1-ENUMERATION", "NamedValues")
(SingleValueConstraint, ValueRangeConstraint) = mibBuilder.import_symbols("ASN1-REFINEMENT", "SingleValueConstraint", "ValueRangeConstraint")
(MibScalar, MibTable, MibTableRow, MibTableColumn, MibIdentifier, Integer32, enterprises, ModuleIdentity, NotificationType) = mibBuilder.import_symbols(
    "SNMPv2-SMI", "MibScalar", "MibTable", "MibTableRow", "MibTableColumn", "MibIdentifier", "Integer32", "enterprises", "ModuleIdentity", "NotificationType")
(DisplayString, DateAndTime) = mibBuilder.import_symbols("SNMPv2-TC", "DisplayString", "DateAndTime")

acme = ModuleIdentity((1, 3, 6, 1, 4, 1, 55555))
acmeState = MibScalar((1, 3, 6, 1, 4, 1, 55555, 1, 1), Integer32().subtype(subtypeSpec=SingleValueConstraint(1, 2, 3)).clone(namedValues=NamedValues(("stopped", 1), ("running", 2), ("fault", 3)))).setMaxAccess("read-write")
acmeName = MibScalar((1, 3, 6, 1, 4, 1, 55555, 1, 2), DisplayString()).setMaxAccess("read-only")
acmeStarted = MibScalar((1, 3, 6, 1, 4, 1, 55555, 1, 3), DateAndTime()).setMaxAccess("read-only")
acmeAlarm = NotificationType((1, 3, 6, 1, 4, 1, 55555, 0, 1)).setObjects(("ACME-PLANT-MIB", "acmeState"))

mibBuilder.export_symbols("ACME-PLANT-MIB", PYSNMP_MODULE_ID=acme, acme=acme, acmeState=acmeState, acmeName=acmeName, acmeStarted=acmeStarted, acmeAlarm=acmeAlarm)
