#!/bin/sh
# Certificates for the tests, into the directory $1: an authority (ca.pem), and servers signed by it: good.pem (localhost,
# 127.0.0.1, ::1), expired.pem, other.pem (for another host), and stranger.pem, signed by an authority of its own.
set -eu
cd "$1"
key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }
authority() {
  key "$1"
  openssl req -x509 -new -key "$1.key" -subj "/CN=Silex test $1" -days 2 -out "$1.pem" \
    -addext "basicConstraints=critical,CA:TRUE" 2>/dev/null
}
server() { # name, authority, subjectAltName, days
  key "$1"
  echo "subjectAltName=$3" >"$1.ext"
  openssl req -new -key "$1.key" -subj "/CN=$1" 2>/dev/null |
    openssl x509 -req -CA "$2.pem" -CAkey "$2.key" -CAcreateserial -days "$4" -extfile "$1.ext" -out "$1.pem" 2>/dev/null
}
authority ca
authority unknown
server good ca "DNS:localhost,IP:127.0.0.1,IP:::1" 2
server expired ca "DNS:localhost,IP:127.0.0.1" 0
server other ca "DNS:another.host.lan" 2
server stranger unknown "DNS:localhost,IP:127.0.0.1" 2
