"""A laboratory's HL7 message becomes FHIR resources, of two releases."""

from decimal import Decimal

from fhir.resources import get_fhir_model_class
from fhir.resources.bundle import Bundle, BundleEntry
from fhir.resources.humanname import HumanName
from fhir.resources.observation import Observation
from fhir.resources.patient import Patient
from fhir.resources.R4B.medicationrequest import MedicationRequest
from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.core import Message, Segment
from hl7apy.exceptions import ValidationError as Hl7Error
from hl7apy.parser import parse_message
from pydantic import ValidationError


def handler(event, context):
    message = parse_message(event["hl7"], find_groups=True)
    result = message.ORU_R01_PATIENT_RESULT
    person = result.ORU_R01_PATIENT.PID
    seen = result.ORU_R01_ORDER_OBSERVATION.ORU_R01_OBSERVATION.OBX
    born = person.pid_7.value
    patient = Patient(
        id="p1", active=True, gender={"F": "female"}[person.pid_8.value], birthDate=f"{born[:4]}-{born[4:6]}-{born[6:]}",
        name=[HumanName(family=person.pid_5.pid_5_1.value, given=[person.pid_5.pid_5_2.value])])
    observation = Observation(
        status="final", subject={"reference": "Patient/p1"},
        code={"coding": [{"system": "http://loinc.org", "code": seen.obx_3.obx_3_1.value, "display": seen.obx_3.obx_3_2.value}]},
        valueQuantity={"value": Decimal(seen.obx_5.obx_5_2.value), "unit": seen.obx_6.value})
    bundle = Bundle(type="collection", entry=[BundleEntry(resource=patient), BundleEntry(resource=observation)])
    back = Bundle.model_validate_json(bundle.model_dump_json())
    allergy = get_fhir_model_class("AllergyIntolerance").model_validate({"patient": {"reference": "Patient/p1"}, "criticality": "high"})
    try:
        Patient(birthDate="soon", gender=3)
        problems = 0
    except ValidationError as error:
        problems = sorted(str(e["loc"][0]) for e in error.errors())
    order = MedicationRequest(status="active", intent="order", medicationCodeableConcept={"text": "tea"}, subject={"display": "Eve"})
    made = {}
    for version in event["versions"]:
        admit = Message("ADT_A01", version=version, validation_level=VALIDATION_LEVEL.TOLERANT)
        admit.msh.msh_7, admit.msh.msh_10, admit.msh.msh_11 = "20260102", "1", "P"
        admit.evn.evn_2 = "20260102"
        admit.pid.pid_5.pid_5_1 = "EVERYWOMAN"
        made[version] = admit.to_er7().replace("\r", "~~")
    try:
        Segment("PV9", version="2.5", validation_level=VALIDATION_LEVEL.STRICT)
        strict = None
    except Exception as error:
        strict = type(error).__name__
    try:
        strict_message = Message("ACK", version="2.6", validation_level=VALIDATION_LEVEL.STRICT)
        strict_message.validate()
        valid = True
    except Hl7Error as error:
        valid = str(error)
    return {
        "bundle": [type(e.resource).__name__ for e in back.entry], "patient": patient.model_dump(mode="json"), "value": str(back.entry[1].resource.valueQuantity.value),
        "allergy": allergy.criticality, "problems": problems, "order": [order.get_resource_type(), type(order).__module__], "made": made, "strict": strict, "valid": valid,
        "dynamic": get_fhir_model_class("Questionnaire").__module__, "children": [c.name for c in message.children], "datatype": seen.obx_5[0].datatype,
    }
