// A WebSocket server in Node's own means (RFC 6455): prints its port, then serves until it is killed.
//   /echo          says every message back
//   /hear          says the request's headers as its first message, then echoes
//   /flood?bytes=N sends N bytes in messages of 32 KiB, no faster than they are taken, then closes
//   /count         takes messages and says at each end ("done") how many bytes there were
//   /deaf          agrees and then reads nothing
//   /refuse        403 with a text
//   GET /stats     {"open": tunnels, "sent": bytes handed to the kernel on floods, "opened": n}
'use strict';
const http = require('node:http');
const crypto = require('node:crypto');

const stats = { open: 0, opened: 0, sent: 0 };

const server = http.createServer((request, answer) => {
  answer.end(request.url === '/stats' ? JSON.stringify(stats) : 'plain');
});

function frame(opcode, payload) {
  const n = payload.length;
  const head = n < 126 ? Buffer.from([0x80 | opcode, n])
    : n < 65536 ? Buffer.from([0x80 | opcode, 126, n >> 8, n & 255])
    : Buffer.concat([Buffer.from([0x80 | opcode, 127]), size64(n)]);
  return Buffer.concat([head, payload]);
}

function size64(n) {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(n));
  return size;
}

// Calls take(opcode, payload) for every whole frame; clients' frames are masked.
function reader(take) {
  let kept = Buffer.alloc(0);
  return (bytes) => {
    kept = kept.length ? Buffer.concat([kept, bytes]) : bytes;
    for (;;) {
      if (kept.length < 2) return;
      let length = kept[1] & 127;
      let at = 2;
      if (length === 126) { if (kept.length < 4) return; length = kept.readUInt16BE(2); at = 4; }
      if (length === 127) { if (kept.length < 10) return; length = Number(kept.readBigUInt64BE(2)); at = 10; }
      if (!(kept[1] & 128)) throw new Error('an unmasked frame from a client');
      if (kept.length < at + 4 + length) return;
      const mask = kept.subarray(at, at + 4);
      const payload = Buffer.from(kept.subarray(at + 4, at + 4 + length));
      for (let i = 0; i < length; i++) payload[i] ^= mask[i & 3];
      const opcode = kept[0] & 15;
      kept = kept.subarray(at + 4 + length);
      take(opcode, payload);
    }
  };
}

function flood(socket, total) {
  const piece = frame(2, Buffer.alloc(32768, 'x'));
  let left = total / 32768;
  const more = () => {
    while (left > 0) {
      left--;
      stats.sent += 32768;
      if (!socket.write(piece)) { socket.once('drain', more); return; }
    }
    socket.write(frame(8, Buffer.from([3, 232])));
  };
  more();
}

server.on('upgrade', (request, socket, first) => {
  const url = new URL(request.url, 'http://here');
  if (url.pathname === '/refuse') {
    socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 9\r\nX-From: node\r\n\r\nnot here\n');
    return;
  }
  const accept = crypto.createHash('sha1')
    .update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
  const protocol = (request.headers['sec-websocket-protocol'] || '').split(',')[0].trim();
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
    + `Sec-WebSocket-Accept: ${accept}\r\n`
    + (protocol ? `Sec-WebSocket-Protocol: ${protocol}\r\n` : '') + '\r\n');
  stats.open++;
  stats.opened++;
  socket.on('close', () => stats.open--);
  socket.on('error', () => {});
  socket.on('end', () => socket.end());
  if (url.pathname === '/deaf') {
    socket.pause();
    return;
  }
  if (url.pathname === '/hear') socket.write(frame(1, Buffer.from(JSON.stringify(request.headers))));
  if (url.pathname === '/flood') flood(socket, Number(url.searchParams.get('bytes')));
  let counted = 0;
  const read = reader((opcode, payload) => {
    if (opcode === 8) {
      socket.end(frame(8, payload));
    } else if (opcode === 9) {
      socket.write(frame(10, payload));
    } else if (url.pathname !== '/count') {
      socket.write(frame(opcode, payload));
    } else if (payload.toString() === 'done') {
      socket.write(frame(1, Buffer.from(String(counted))));
      counted = 0;
    } else {
      counted += payload.length;
    }
  });
  read(first);
  socket.on('data', read);
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
