package dev.sallyport.server.assembly;

import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Fault;
import dev.sallyport.config.RecordingConfig;
import dev.sallyport.proxy.streams.recording.SessionRecorder;
import dev.sallyport.server.endpoint.proxy.ProxyEndpoint;
import dev.sallyport.server.netty.Buffers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Puts recorders before what is proxied. */
final class Recorders {

  private Recorders() {}

  /**
   * The endpoint with a recorder before it.
   *
   * @throws ConfigException when its folder is none, or cannot be written to
   */
  static ProxyEndpoint before(
      ProxyEndpoint endpoint, RecordingConfig recording, Resources resources) {
    Path folder = recording.directory();
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new ConfigException(
          new Fault("--session-recording-dir", folder.toString(), "a folder to write to"));
    }
    return endpoint.recordedBy(
        resources.hold(new SessionRecorder(recording, Buffers.POOL, Clock.systemUTC())));
  }
}
