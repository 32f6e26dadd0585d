'use strict';
// Every POST body is sent to every client as one event, the way the companion server sends a new lead. It keeps nothing
// and signs nobody in. On standard input: `go FIRST COUNT PER_SECOND` and `told`, as dev.patchbay.server.BenchedServer.
const http = require('node:http');
const readline = require('node:readline');
const { Server } = require('socket.io');

let io;
let made = [];

function emit(lead, due) {
  const now = process.hrtime.bigint();
  made.push(`made ${lead.name.slice(8)} ${due ?? now} ${now}`);
  io.emit('lead.created', { at: new Date().toISOString(), ...lead });
}

function go(first, count, perSecond) {
  const begin = process.hrtime.bigint();
  let i = 0;
  const due = () => begin + (BigInt(i) * 1_000_000_000n) / BigInt(perSecond);
  const next = () => {
    while (i < count && due() <= process.hrtime.bigint()) {
      emit(
        {
          name: `fan-out-${first + i}`,
          phone: '+12025550100',
          email: 'ann@example.test',
          source: 'benchmark',
          status: 'new',
          fields: { notes: 'x'.repeat(100) },
        },
        due(),
      );
      i++;
    }
    if (i < count) {
      setTimeout(next, Math.max(0, Number((due() - process.hrtime.bigint()) / 1_000_000n)));
    }
  };
  next();
}

const server = http.createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    emit(JSON.parse(body));
    response.writeHead(201, { 'content-length': 0 });
    response.end();
  });
});
io = new Server(server, { transports: ['websocket'], perMessageDeflate: false });
server.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${server.address().port}`));

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const words = line.split(' ');
  if (words[0] === 'go') {
    go(...words.slice(1).map(Number));
  } else {
    console.log([...made, 'told'].join('\n'));
    made = [];
  }
});
