package dev.sallyport.proxy.streams.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.StreamTarget;
import dev.sallyport.proxy.streams.spdy.SpdyEvents;
import dev.sallyport.proxy.streams.spdy.SpdyReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Counts the connections of a port-forward session: a line for each when it is over. */
final class PortsTap implements Tap {

  /** Connections open at once. */
  private static final int MOST_CONNECTIONS = 4096;

  /** One connection through the session. */
  private static final class Connection {
    private final String port;
    private final Instant start;
    private long sent;
    private long received;
    private boolean clientEnded;
    private boolean upstreamEnded;

    Connection(String port, Instant start) {
      this.port = port;
      this.start = start;
    }
  }

  private final RecordingFile file;
  private final SessionFacts facts;
  private final StreamTarget target;
  private final Clock clock;
  private final Map<Integer, Connection> connections = new HashMap<>();
  private final SpdyReader client;
  private final SpdyReader upstream;

  PortsTap(
      ByteBufAllocator buffers,
      RecordingFile file,
      SessionFacts facts,
      StreamTarget target,
      Clock clock) {
    this.file = file;
    this.facts = facts;
    this.target = target;
    this.clock = clock;
    this.client = new SpdyReader(buffers, new Side(true));
    this.upstream = new SpdyReader(buffers, new Side(false));
  }

  @Override
  public void fromClient(ByteBuf bytes) throws StreamException {
    client.read(bytes);
  }

  @Override
  public void fromUpstream(ByteBuf bytes) throws StreamException {
    upstream.read(bytes);
  }

  @Override
  public void close() {
    client.close();
    upstream.close();
    connections.values().forEach(this::write);
    connections.clear();
    file.end(() -> new byte[0]);
  }

  private void over(int stream) {
    Connection connection = connections.remove(stream);
    if (connection != null) {
      write(connection);
    }
  }

  private void write(Connection connection) {
    byte[] line = line(connection);
    file.append(line.length, () -> line);
  }

  private byte[] line(Connection connection) {
    StringBuilder line = new StringBuilder(300).append('{');
    Json.field(line, "start", connection.start.toString()).append(',');
    Json.field(line, "end", clock.instant().toString()).append(',');
    Asciicast.who(line, facts).append(',');
    Json.field(line, "namespace", target.namespace()).append(',');
    Json.field(line, "pod", target.pod()).append(',');
    Json.field(line, "port", connection.port);
    line.append(",\"bytesSent\":").append(connection.sent);
    line.append(",\"bytesReceived\":").append(connection.received).append("}\n");
    return line.toString().getBytes(UTF_8);
  }

  /** What one side says. */
  private final class Side implements SpdyEvents {
    private final boolean ofClient;

    Side(boolean ofClient) {
      this.ofClient = ofClient;
    }

    @Override
    public void opened(int stream, boolean last, Map<String, String> headers)
        throws StreamException {
      if (!ofClient || connections.size() == MOST_CONNECTIONS) {
        throw new StreamException("a SPDY stream that cannot be recorded");
      }
      if ("data".equals(headers.get("streamtype"))) {
        String port = headers.getOrDefault("port", "");
        if (connections.putIfAbsent(stream, new Connection(port, clock.instant())) != null) {
          throw new StreamException("a SPDY stream is opened twice");
        }
      }
    }

    @Override
    public void data(int stream, ByteBuf bytes, boolean last) {
      Connection connection = connections.get(stream);
      if (connection != null && ofClient) {
        connection.sent += bytes.readableBytes();
      } else if (connection != null) {
        connection.received += bytes.readableBytes();
      }
      bytes.release();
      if (last) {
        ended(stream);
      }
    }

    @Override
    public void ended(int stream) {
      Connection connection = connections.get(stream);
      if (connection != null) {
        connection.clientEnded |= ofClient;
        connection.upstreamEnded |= !ofClient;
        if (connection.clientEnded && connection.upstreamEnded) {
          over(stream);
        }
      }
    }

    @Override
    public void reset(int stream) {
      over(stream);
    }
  }
}
