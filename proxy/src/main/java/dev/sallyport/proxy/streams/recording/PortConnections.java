package dev.sallyport.proxy.streams.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.proxy.streams.StreamTarget;
import java.time.Clock;
import java.time.Instant;

/** Writes a line for each connection of a port-forward session when it is over. */
final class PortConnections {

  /** One connection through the session. */
  static final class Connection {
    private final String port;
    private final Instant start;
    private long sent;
    private long received;

    private Connection(String port, Instant start) {
      this.port = port;
      this.start = start;
    }

    /**
     * Counts what passes.
     *
     * @param byClient who has sent it
     */
    void passed(boolean byClient, long bytes) {
      if (byClient) {
        sent += bytes;
      } else {
        received += bytes;
      }
    }
  }

  private final RecordingFile file;
  private final SessionFacts facts;
  private final StreamTarget target;
  private final Clock clock;

  PortConnections(RecordingFile file, SessionFacts facts, StreamTarget target, Clock clock) {
    this.file = file;
    this.facts = facts;
    this.target = target;
    this.clock = clock;
  }

  Connection open(String port) {
    return new Connection(port, clock.instant());
  }

  /** It is over. */
  void write(Connection connection) {
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
    line.append(",\"bytesReceived\":").append(Math.max(0, connection.received)).append("}\n");
    return line.toString().getBytes(UTF_8);
  }

  /** All of them are. */
  void end() {
    file.end(() -> new byte[0]);
  }
}
