package dev.sallyport.proxy.streams.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.config.RecordingLevel;
import dev.sallyport.proxy.streams.CommandChannel;
import dev.sallyport.proxy.streams.StreamTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes down one session of exec or attach. On its event loop. */
final class CommandRecording {

  static final int USUAL_WIDTH = 80;
  static final int USUAL_HEIGHT = 24;

  private static final byte[] NOTHING = new byte[0];
  private static final Pattern WIDTH = Pattern.compile("\"Width\"\\s*:\\s*(\\d{1,5})");
  private static final Pattern HEIGHT = Pattern.compile("\"Height\"\\s*:\\s*(\\d{1,5})");

  private final RecordingFile file;
  private final RecordingLevel level;
  private final Instant start;
  private final SessionFacts facts;
  private final StreamTarget target;
  private final Asciicast cast = new Asciicast();
  private final long startNanos = System.nanoTime();
  private boolean sized;

  CommandRecording(
      RecordingFile file,
      RecordingLevel level,
      Instant start,
      SessionFacts facts,
      StreamTarget target) {
    this.file = file;
    this.level = level;
    this.start = start;
    this.facts = facts;
    this.target = target;
  }

  /** Takes ownership. */
  void said(CommandChannel channel, ByteBuf bytes) {
    byte[] copy = ByteBufUtil.getBytes(bytes);
    bytes.release();
    long nanos = System.nanoTime() - startNanos;
    switch (channel) {
      case STDIN -> {
        if (level == RecordingLevel.ALL) {
          file.append(copy.length, () -> cast.said(nanos, channel, copy));
        }
      }
      case STDOUT, STDERR -> file.append(copy.length, () -> cast.said(nanos, channel, copy));
      case ERROR -> file.append(copy.length, () -> Asciicast.status(nanos, copy));
      case RESIZE -> resized(nanos, new String(copy, UTF_8));
    }
  }

  /** The first size belongs into the header. */
  private void resized(long nanos, String json) {
    int width = number(WIDTH.matcher(json));
    int height = number(HEIGHT.matcher(json));
    if (width == 0 || height == 0) {
      return;
    }
    if (sized) {
      file.append(NOTHING.length, () -> Asciicast.resized(nanos, width, height));
    } else {
      sized = true;
      file.begin(Asciicast.header(width, height, start, facts, target));
    }
  }

  private static int number(Matcher found) {
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }

  void end() {
    file.end(() -> NOTHING);
  }
}
