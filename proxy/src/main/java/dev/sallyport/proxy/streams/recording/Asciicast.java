package dev.sallyport.proxy.streams.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.api.UserInfo;
import dev.sallyport.proxy.streams.CommandChannel;
import dev.sallyport.proxy.streams.StreamTarget;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The text of a recording. Events are made in the order of the session; what stderr says is marked
 * by a marker before it, since the format knows one output only. One thread at a time.
 *
 * @see <a href="https://docs.asciinema.org/manual/asciicast/v2/">asciicast v2</a>
 */
final class Asciicast {

  /** The header's length does not change when the terminal's size becomes known. */
  private static final int SIZE_DIGITS = 5;

  private static final int LONGEST_STATUS = 2000;

  private final Map<CommandChannel, CharsetDecoder> decoders = new EnumMap<>(CommandChannel.class);
  private final Map<CommandChannel, ByteBuffer> rests = new EnumMap<>(CommandChannel.class);
  private CommandChannel output = CommandChannel.STDOUT;

  /** The first line. */
  static byte[] header(
      int width, int height, Instant start, SessionFacts facts, StreamTarget target) {
    StringBuilder line = new StringBuilder(400);
    line.append("{\"version\":2,\"width\":").append(width);
    line.append(",\"height\":").append(height);
    line.append(",\"timestamp\":").append(start.getEpochSecond()).append(',');
    String kind = target.kind().name().toLowerCase(Locale.ROOT);
    String command = String.join(" ", target.parameters("command"));
    String pod = target.namespace() + "/" + target.pod();
    String title = facts.user().name() + " " + kind + " " + pod;
    Json.field(line, "title", command.isEmpty() ? title : title + ": " + command).append(',');
    who(line.append("\"sallyport\":{"), facts).append(',');
    Json.field(line, "namespace", target.namespace()).append(',');
    Json.field(line, "pod", target.pod()).append(',');
    String container = target.parameter("container");
    Json.field(line, "container", container == null ? "" : container).append(',');
    Json.texts(line.append("\"command\":"), target.parameters("command")).append("}}");
    int spare = 2 * SIZE_DIGITS - digits(width) - digits(height);
    return line.append(" ".repeat(Math.max(0, spare))).append('\n').toString().getBytes(UTF_8);
  }

  private static int digits(int number) {
    return Integer.toString(number).length();
  }

  /** The fields that say who it was. */
  static StringBuilder who(StringBuilder to, SessionFacts facts) {
    Json.field(to, "auditID", facts.auditId()).append(',');
    Json.field(to, "user", facts.user().name()).append(',');
    Json.texts(to.append("\"groups\":"), facts.user().groups()).append(',');
    UserInfo other = facts.impersonator();
    if (other != null) {
      Json.field(to, "impersonator", other.name()).append(',');
    }
    return Json.field(to, "client", facts.clientAddress());
  }

  /**
   * The lines of what was said on a channel.
   *
   * @param nanos since the session began
   */
  byte[] said(long nanos, CommandChannel channel, byte[] bytes) {
    StringBuilder lines = new StringBuilder(bytes.length + 64);
    String text = decoded(channel, bytes);
    if (!text.isEmpty()) {
      if (!channel.fromClient() && channel != output) {
        output = channel;
        event(lines, nanos, "m", channel.type());
      }
      event(lines, nanos, channel == CommandChannel.STDIN ? "i" : "o", text);
    }
    return lines.toString().getBytes(UTF_8);
  }

  /** The terminal has another size. */
  static byte[] resized(long nanos, int width, int height) {
    return event(new StringBuilder(), nanos, "r", width + "x" + height).toString().getBytes(UTF_8);
  }

  /** How it ended. */
  static byte[] status(long nanos, byte[] bytes) {
    int length = Math.min(bytes.length, LONGEST_STATUS);
    return event(new StringBuilder(), nanos, "m", new String(bytes, 0, length, UTF_8))
        .toString()
        .getBytes(UTF_8);
  }

  private static StringBuilder event(StringBuilder to, long nanos, String code, String text) {
    to.append('[').append(nanos / 1_000_000_000).append('.');
    String micros = Long.toString(1_000_000 + nanos / 1000 % 1_000_000);
    to.append(micros, 1, micros.length()).append(", ");
    Json.text(Json.text(to, code).append(", "), text);
    return to.append("]\n");
  }

  /** Characters may be cut in two by the pieces in which they come. */
  private String decoded(CommandChannel channel, byte[] bytes) {
    CharsetDecoder decoder =
        decoders.computeIfAbsent(
            channel,
            each ->
                UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE));
    ByteBuffer rest = rests.getOrDefault(channel, ByteBuffer.allocate(0));
    ByteBuffer in = ByteBuffer.allocate(rest.remaining() + bytes.length).put(rest).put(bytes);
    in.flip();
    CharBuffer out = CharBuffer.allocate(in.remaining());
    decoder.decode(in, out, false);
    rests.put(channel, in);
    return out.flip().toString();
  }
}
