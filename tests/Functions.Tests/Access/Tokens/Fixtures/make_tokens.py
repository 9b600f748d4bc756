"""Makes tokens.json: tokens of an identity provider as PyJWT (Debian's python3-jwt) signs them, good ones and forged ones.

    /usr/bin/python3 make_tokens.py > tokens.json

Keys are made anew each time; nothing depends on which they are.
"""
import base64, hashlib, hmac, json
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

NOW = 1767225600  # 2026-01-01T00:00:00Z, where the tests' clock stands
ISSUER = "https://login.example/tenant/v2.0"
AUDIENCE = "api://trainyard"

keys = {
    "rsa": rsa.generate_private_key(65537, 2048),
    "rsa2": rsa.generate_private_key(65537, 2048),
    "ec": ec.generate_private_key(ec.SECP256R1()),
    "ec384": ec.generate_private_key(ec.SECP384R1()),
    "short": rsa.generate_private_key(65537, 1024),
    "stranger": rsa.generate_private_key(65537, 2048),
}


def b64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def jwk(name, **extra):
    public = keys[name].public_key()
    if isinstance(public, rsa.RSAPublicKey):
        numbers = public.public_numbers()
        body = {"kty": "RSA", "n": b64(numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8, "big")), "e": b64(numbers.e.to_bytes(3, "big"))}
    else:
        numbers, size = public.public_numbers(), (public.curve.key_size + 7) // 8
        body = {"kty": "EC", "crv": {256: "P-256", 384: "P-384"}[public.curve.key_size], "x": b64(numbers.x.to_bytes(size, "big")), "y": b64(numbers.y.to_bytes(size, "big"))}
    return {"kid": name, "use": "sig", **body, **extra}


def pem(kid):
    return keys[kid].public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def claims(**changes):
    body = {"iss": ISSUER, "aud": AUDIENCE, "sub": "user-1", "tid": "ACME", "roles": ["trainyard.read", "Trainyard.Predict", "other"], "iat": NOW - 60, "nbf": NOW - 60, "exp": NOW + 3600}
    body.update(changes)
    return {name: value for name, value in body.items() if value is not None}


def sign(alg, kid, header=None, **changes):
    return jwt.encode(claims(**changes), keys[kid], algorithm=alg, headers={"kid": kid, **(header or {})})


def raw(header, body, signature=lambda data: b""):
    head = b64(json.dumps(header).encode()) + "." + b64(json.dumps(body).encode())
    return head + "." + b64(signature(head.encode()))


def hmac_by(secret):
    return lambda data: hmac.new(secret, data, hashlib.sha256).digest()


good = sign("RS256", "rsa")
head, body, signature = good.split(".")
other = b64(json.dumps(claims(sub="admin", roles=["trainyard.admin"])).encode())

tokens = {
    "good": {
        "RS256": good,
        "RS512": sign("RS512", "rsa"),
        "PS256": sign("PS256", "rsa"),
        "ES256": sign("ES256", "ec"),
        "ES384": sign("ES384", "ec384"),
        "no key id": jwt.encode(claims(), keys["rsa"], algorithm="RS256"),
        "audience among others": sign("RS256", "rsa", aud=["api://other", AUDIENCE]),
        "one role as a text": sign("RS256", "rsa", roles="trainyard.read"),
        "fractional times": sign("RS256", "rsa", exp=NOW + 3600.5),
        "within the skew": sign("RS256", "rsa", nbf=NOW + 30),
    },
    "rotated": sign("RS256", "rsa2"),
    "expired": sign("RS256", "rsa", exp=NOW - 120),
    "refused": {
        "none": raw({"alg": "none", "typ": "JWT"}, claims()),
        "None in capitals": raw({"alg": "NONE", "kid": "rsa"}, claims(), lambda data: b"x"),
        "none with a signature": raw({"alg": "none", "kid": "rsa"}, claims(), lambda data: base64.urlsafe_b64decode(signature + "==")),
        "key confusion: PEM as secret": raw({"alg": "HS256", "kid": "rsa"}, claims(), hmac_by(pem("rsa"))),
        "key confusion: modulus as secret": raw({"alg": "HS256", "kid": "rsa"}, claims(), hmac_by(keys["rsa"].public_key().public_numbers().n.to_bytes(256, "big"))),
        "stranger's key": sign("RS256", "stranger"),
        "stranger's key under a known id": jwt.encode(claims(), keys["stranger"], algorithm="RS256", headers={"kid": "rsa"}),
        "stranger's key in the header": jwt.encode(claims(), keys["stranger"], algorithm="RS256", headers={"kid": "rsa", "jwk": jwk("stranger")}),
        "another known key's id": jwt.encode(claims(), keys["rsa"], algorithm="RS256", headers={"kid": "ec"}),
        "claims exchanged": f"{head}.{other}.{signature}",
        "signature cut": f"{head}.{body}.{signature[:-8]}",
        "no signature": f"{head}.{body}.",
        "two parts": f"{head}.{body}",
        "four parts": f"{good}.{signature}",
        "algorithm of another strength than the curve": raw({"alg": "ES256", "kid": "ec384"}, claims(), lambda data: b"\0" * 64),
        "zero signature": raw({"alg": "ES256", "kid": "ec"}, claims(), lambda data: b"\0" * 64),
        "critical extension": sign("RS256", "rsa", header={"crit": ["exp"]}),
        "short key": sign("RS256", "short"),
        "key for encryption": sign("RS256", "rsa2", header={"kid": "enc"}),
        "algorithm that the key is not for": sign("RS512", "rsa2", header={"kid": "only256"}),
        "another issuer": sign("RS256", "rsa", iss="https://login.example/other/v2.0"),
        "issuer with a slash": sign("RS256", "rsa", iss=ISSUER + "/"),
        "no issuer": sign("RS256", "rsa", iss=None),
        "another audience": sign("RS256", "rsa", aud="api://other"),
        "no audience": sign("RS256", "rsa", aud=None),
        "no expiry": sign("RS256", "rsa", exp=None),
        "not yet": sign("RS256", "rsa", nbf=NOW + 120),
        "no subject": sign("RS256", "rsa", sub=None),
        "no tenant": sign("RS256", "rsa", tid=None),
        "tenant that leaves its place": sign("RS256", "rsa", tid="../acme"),
    },
}
for group in tokens["refused"], {"expired": tokens["expired"]}:
    for name, token in group.items():
        try:
            jwt.decode(token, pem("rsa"), algorithms=["RS256"], audience=AUDIENCE, issuer=ISSUER, options={"verify_exp": False, "verify_nbf": False})
            accepted = True
        except Exception:
            accepted = False
        # PyJWT takes these; what is wrong with them it does not look at here.
        expected = {"no expiry", "not yet", "no subject", "no tenant", "tenant that leaves its place", "expired", "another known key's id", "critical extension"}
        assert not accepted or name in expected, name

keyset = [jwk("rsa"), jwk("ec"), jwk("ec384"), jwk("short"), jwk("rsa2", kid="enc", use="enc"), jwk("rsa2", kid="only256", alg="RS256"), {"kty": "oct", "kid": "oct", "k": "c2VjcmV0"}, {"kty": "unknown"}]
print(json.dumps({"issuer": ISSUER, "audience": AUDIENCE, "keys": {"keys": keyset}, "rotated_keys": {"keys": [jwk("rsa2")]}, **tokens}, indent=1))
