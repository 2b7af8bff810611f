"""SSH over a pair of sockets: keys, a server and a client in one process."""

import io
import socket
import threading

import paramiko


class Server(paramiko.ServerInterface):
    def __init__(self, allowed):
        self.allowed, self.asked = allowed, threading.Event()

    def check_auth_publickey(self, username, key):
        return paramiko.AUTH_SUCCESSFUL if key == self.allowed else paramiko.AUTH_FAILED

    def get_allowed_auths(self, username):
        return "publickey"

    def check_channel_request(self, kind, number):
        return paramiko.OPEN_SUCCEEDED

    def check_channel_exec_request(self, channel, command):
        threading.Timer(0.3, self.answer, (channel, command)).start()
        return True

    def answer(self, channel, command):
        channel.sendall(command[::-1])
        channel.send_exit_status(3)
        channel.close()


def handler(event, context):
    user, host = paramiko.ECDSAKey.generate(bits=256), paramiko.RSAKey.generate(2048)
    saved = io.StringIO()
    user.write_private_key(saved)
    saved.seek(0)
    again = paramiko.ECDSAKey.from_private_key(saved)
    ours, theirs = socket.socketpair()
    server = paramiko.Transport(theirs)
    server.add_server_key(host)
    server.start_server(event=threading.Event(), server=Server(user))
    client = paramiko.Transport(ours)
    client.start_client(timeout=20)
    same = client.get_remote_server_key() == host
    client.auth_publickey("ada", again)
    channel = client.open_session(timeout=20)
    channel.exec_command(event["command"])
    out, code = channel.makefile("rb").read().decode(), channel.recv_exit_status()
    client.close()
    server.close()
    return {"same": same, "out": out, "code": code, "key": again.get_name()}
