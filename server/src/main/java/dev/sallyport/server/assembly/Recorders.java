package dev.sallyport.server.assembly;

import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Fault;
import dev.sallyport.config.RecordingConfig;
import dev.sallyport.config.routes.RouteConfiguration;
import dev.sallyport.proxy.streams.recording.RecordingFolders;
import dev.sallyport.proxy.streams.recording.SessionRecorder;
import dev.sallyport.server.endpoint.proxy.ProxyEndpoint;
import dev.sallyport.server.netty.Buffers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts recorders before what is proxied. One that has been made is kept for the server's life, for
 * its sessions outlive the routes of today; it has no thread while it has nothing to write.
 */
final class Recorders {

  private static final Logger log = LoggerFactory.getLogger(Recorders.class);

  private static final String EXPECTED = "a folder to write to";

  private final Resources resources;
  private final RecordingFolders folders;
  private final Map<RecordingConfig, SessionRecorder> made = new HashMap<>();

  Recorders(Resources resources) {
    this.resources = resources;
    this.folders = new RecordingFolders(resources.workers(), Clock.systemUTC());
  }

  /** The endpoint, with a recorder before it if there is something to record. */
  synchronized ProxyEndpoint before(ProxyEndpoint endpoint, Optional<RecordingConfig> recording) {
    return recording.map(config -> endpoint.recordedBy(recorder(config))).orElse(endpoint);
  }

  /** Today's limits hold for what was recorded by those of yesterday too. */
  private SessionRecorder recorder(RecordingConfig config) {
    folders.keep(config);
    return made.computeIfAbsent(config, this::make);
  }

  private SessionRecorder make(RecordingConfig recording) {
    warnIfOpenToOthers(recording.directory());
    return resources.hold(new SessionRecorder(recording, folders, Buffers.POOL, Clock.systemUTC()));
  }

  /** Recordings are kept from others; whoever may write to the folder could still remove them. */
  private static void warnIfOpenToOthers(Path folder) {
    try {
      String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
      if (!rights.endsWith("------")) {
        log.warn("Others may enter {}, where sessions are recorded: chmod 700 it", folder);
      }
    } catch (IOException | UnsupportedOperationException e) {
      log.debug("{} does not tell its rights", folder, e);
    }
  }

  /**
   * Looks at the folder that a flag names.
   *
   * @throws ConfigException when it is none, or cannot be written to
   */
  static void check(Optional<RecordingConfig> recording) {
    recording
        .map(RecordingConfig::directory)
        .filter(folder -> !usable(folder))
        .ifPresent(
            folder -> {
              throw new ConfigException(
                  new Fault("--session-recording-dir", folder.toString(), EXPECTED));
            });
  }

  /** What is wrong with the folders that routes name. */
  static List<String> faults(RouteConfiguration routes) {
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < routes.routes().size(); i++) {
      Optional<RecordingConfig> recording = routes.routes().get(i).recording();
      if (recording.isPresent() && !usable(recording.get().directory())) {
        String place = "routes[" + i + "].recording.directory: \"";
        faults.add(place + recording.get().directory() + "\" (expected: " + EXPECTED + ")");
      }
    }
    return faults;
  }

  private static boolean usable(Path folder) {
    return Files.isDirectory(folder) && Files.isWritable(folder);
  }
}
