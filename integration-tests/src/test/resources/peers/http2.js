// An HTTP/2 server: without arguments h2c on a port; CERT KEY: TLS with h2 and http/1.1 by ALPN;
// a third argument names an authority, of which clients must show a certificate; a fourth, "http1",
// leaves h2 out.
const crypto = require('node:crypto');
const fs = require('node:fs');
const http2 = require('node:http2');
const https = require('node:https');

function facts(request) {
  const socket = request.stream && request.stream.session ? request.stream.session.socket : request.socket;
  const certificate = socket.getPeerCertificate ? socket.getPeerCertificate() : {};
  return {
    version: request.httpVersion,
    alpn: socket.alpnProtocol || '',
    peer: (certificate.subject || {}).CN || '',
    port: server.address().port,
    headers: request.headers,
  };
}

function answer(request, response) {
  const url = request.url;
  if (url.startsWith('/headers')) {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(facts(request)));
  } else if (url.startsWith('/large')) {
    response.write('0123456789abcdef'.repeat(1 << 16));
    response.end('0123456789abcdef'.repeat(1 << 16));
  } else if (url.startsWith('/break')) {
    response.write('half');
    setTimeout(() => (response.stream ? response.stream.close(2) : request.socket.destroy()), 100);
  } else if (url.startsWith('/trailers')) {
    response.setHeader('trailer', 'x-sum');
    response.write('body');
    response.addTrailers({ 'x-sum': '42' });
    response.end();
  } else {
    request.pipe(response);
  }
}

// Agrees to any WebSocket and says each byte again.
function upgraded(request, socket, head) {
  const key = request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Accept: ' + crypto.createHash('sha1').update(key).digest('base64') + '\r\n\r\n');
  socket.write(head);
  socket.on('error', () => {});
  socket.pipe(socket);
}

const [, , certificate, key, authority, only] = process.argv;
const options = certificate && {
  cert: fs.readFileSync(certificate),
  key: fs.readFileSync(key),
  ca: authority ? fs.readFileSync(authority) : undefined,
  requestCert: Boolean(authority),
  rejectUnauthorized: Boolean(authority),
  allowHTTP1: true,
};
const server = !options
  ? http2.createServer(answer)
  : only === 'http1' ? https.createServer(options, answer) : http2.createSecureServer(options, answer);
server.on('upgrade', upgraded);
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
