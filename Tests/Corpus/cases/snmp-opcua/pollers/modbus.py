"""Modbus: a simulated pump over TCP, and frames of the serial line decoded."""

import asyncio
import socket

from pymodbus import FramerType, ModbusDeviceIdentification
from pymodbus.client import AsyncModbusTcpClient
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def rehearse(device, setpoint, folder):
    unit, port = int(device["unit"]), free_port()
    pump = SimDevice(unit, simdata=[
        SimData(0, values=[100, 200, 300, 0], datatype=DataType.REGISTERS),
        SimData(4, values=12.5, datatype=DataType.FLOAT32),
        SimData(6, values="PUMP", datatype=DataType.STRING),
        SimData(10, values=[True, False] * 8, datatype=DataType.BITS),
        SimData(20, values=-7, datatype=DataType.INT32, readonly=True),
    ])
    server = ModbusTcpServer(pump, framer=FramerType.SOCKET, address=(device["host"], port), identity=ModbusDeviceIdentification(info_name={"VendorName": "Acme", "ProductCode": "P7", "MajorMinorRevision": "1.0"}))
    running = asyncio.create_task(server.serve_forever())
    await asyncio.sleep(0.2)
    told = {}
    client = AsyncModbusTcpClient(device["host"], port=port, timeout=5)
    await client.connect()
    convert = client.convert_from_registers
    told["registers"] = (await client.read_holding_registers(0, count=3, device_id=unit)).registers
    await client.write_register(3, int(setpoint), device_id=unit)
    await client.write_registers(4, client.convert_to_registers(99.25, client.DATATYPE.FLOAT32), device_id=unit)
    told["written"] = (await client.read_holding_registers(3, count=1, device_id=unit)).registers
    told["pressure"] = convert((await client.read_holding_registers(4, count=2, device_id=unit)).registers, client.DATATYPE.FLOAT32)
    told["name"] = convert((await client.read_input_registers(6, count=2, device_id=unit)).registers, client.DATATYPE.STRING)
    told["coils"] = (await client.read_coils(10, count=8, device_id=unit)).bits
    told["missing"] = str((await client.read_holding_registers(500, count=2, device_id=unit)).exception_code)
    told["identity"] = {k: v.decode() for k, v in (await client.read_device_information(read_code=1, device_id=unit)).information.items()}
    client.close()
    await server.shutdown()
    running.cancel()
    told["frames"] = frames()
    return told


def frames():
    from pymodbus.framer import FramerAscii, FramerRTU, FramerTLS
    from pymodbus.pdu import DecodePDU
    from pymodbus.pdu.register_message import ReadHoldingRegistersRequest

    request = ReadHoldingRegistersRequest(address=4, count=2, dev_id=9, transaction_id=1)
    return {kind.__name__: kind(DecodePDU(True)).buildFrame(request).hex() for kind in (FramerAscii, FramerRTU, FramerTLS)}
