package dev.sallyport.config;

import java.util.Optional;

/**
 * How exec, attach and port-forward pass to an upstream.
 *
 * @param protocol what they speak there
 * @param recording what of them is recorded; empty: nothing
 */
public record StreamsConfig(StreamingProtocol protocol, Optional<RecordingConfig> recording) {

  /** As they come, unrecorded. */
  public static final StreamsConfig PLAIN =
      new StreamsConfig(StreamingProtocol.AUTO, Optional.empty());
}
