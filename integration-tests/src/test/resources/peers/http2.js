// An HTTP/2 server: without arguments h2c on a port; CERT KEY: TLS with h2 and http/1.1 by ALPN.
const http2 = require('node:http2');
const fs = require('node:fs');

function answer(request, response) {
  const url = request.url;
  if (url.startsWith('/headers')) {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ version: request.httpVersion, headers: request.headers }));
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

const tls = process.argv.length > 3;
const server = tls
  ? http2.createSecureServer(
      { cert: fs.readFileSync(process.argv[2]), key: fs.readFileSync(process.argv[3]), allowHTTP1: true },
      answer)
  : http2.createServer(answer);
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
