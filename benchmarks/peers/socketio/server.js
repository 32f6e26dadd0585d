'use strict';
// Every POST body is sent to every client as one event, the way the companion server sends a new lead.
const http = require('node:http');
const { Server } = require('socket.io');

let io;
const server = http.createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    const lead = JSON.parse(body);
    io.emit('lead.created', { at: new Date().toISOString(), ...lead });
    response.writeHead(201, { 'content-length': 0 });
    response.end();
  });
});
io = new Server(server, { transports: ['websocket'], perMessageDeflate: false });
server.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${server.address().port}`));
