package dev.sallyport.proxy.streams.recording;

import dev.sallyport.config.RecordingLevel;
import dev.sallyport.proxy.streams.ChannelProtocol;
import dev.sallyport.proxy.streams.HeaderList;
import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.StreamProtocols;
import dev.sallyport.proxy.streams.StreamTarget;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session's file, made and written to before the session begins. */
final class Recording {

  private final SessionRecorder recorder;
  private final SessionFacts facts;
  private final RecordingLevel level;
  private final StreamTarget target;
  private final Instant start;
  private final RecordingFile file;

  private Recording(
      SessionRecorder recorder,
      SessionFacts facts,
      RecordingLevel level,
      StreamTarget target,
      Instant start,
      RecordingFile file) {
    this.recorder = recorder;
    this.facts = facts;
    this.level = level;
    this.target = target;
    this.start = start;
    this.file = file;
  }

  /** Blocks: on the writer's thread. */
  static Recording create(
      SessionRecorder recorder,
      SessionFacts facts,
      RecordingLevel level,
      StreamTarget target,
      RecordingFile.Listener listener)
      throws IOException {
    Instant start = recorder.clock().instant();
    boolean ports = target.kind() == StreamTarget.Kind.PORTFORWARD;
    RecordingFile file =
        RecordingFile.create(
            recorder, start, facts.auditId(), ports ? ".ports.jsonl" : ".cast", listener);
    if (!ports) {
      file.beginNow(
          Asciicast.header(
              CommandRecording.USUAL_WIDTH, CommandRecording.USUAL_HEIGHT, start, facts, target));
    }
    return new Recording(recorder, facts, level, target, start, file);
  }

  /**
   * What understands the session; null when nothing does.
   *
   * @param upgrade what the client has switched to
   * @param lines of the head that says so
   */
  @Nullable Tap tap(String upgrade, List<String> lines) {
    boolean webSocket = upgrade.equals(StreamProtocols.WEBSOCKET);
    String spoken =
        HeaderList.first(
            lines, webSocket ? StreamProtocols.PROTOCOL_HEADER : StreamProtocols.VERSION_HEADER);
    return target.kind() == StreamTarget.Kind.PORTFORWARD
        ? ports(webSocket, spoken)
        : command(webSocket, spoken);
  }

  private @Nullable Tap ports(boolean webSocket, String spoken) {
    PortConnections connections = new PortConnections(file, facts, target, recorder.clock());
    if (!webSocket) {
      return PortsTap.of(recorder.buffers(), connections);
    }
    if (spoken.equals(StreamProtocols.TUNNELED_PORT_FORWARD)) {
      return WrappedTap.of(recorder.buffers(), PortsTap.of(recorder.buffers(), connections));
    }
    ChannelProtocol protocol = ChannelProtocol.named(spoken);
    try {
      return protocol == null
          ? null
          : PortChannelsTap.of(recorder.buffers(), protocol, target.ports(), connections);
    } catch (StreamException e) {
      return null; // whatever the upstream understood, it is not what is understood here
    }
  }

  private @Nullable Tap command(boolean webSocket, String spoken) {
    CommandRecording recording = new CommandRecording(file, level, start, facts, target);
    if (!webSocket) {
      return SpdyCommandTap.of(recorder.buffers(), recording);
    }
    ChannelProtocol protocol = ChannelProtocol.named(spoken);
    return protocol == null
        ? null
        : WebSocketCommandTap.of(recorder.buffers(), protocol, recording);
  }

  boolean full() {
    return file.full();
  }

  /** There was no session after all, or none that could be understood. */
  void abandon() {
    file.discard();
  }
}
