package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.FILE;
import static dev.sallyport.config.flags.ValueType.INT;
import static dev.sallyport.config.flags.ValueType.LIST;

import dev.sallyport.config.Faults;
import dev.sallyport.config.RecordingConfig;
import dev.sallyport.config.RecordingLevel;
import dev.sallyport.config.RecordingLimits;
import dev.sallyport.config.RecordingRule;
import dev.sallyport.config.StreamingProtocol;
import dev.sallyport.config.StreamsConfig;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import dev.sallyport.config.flags.ValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What of exec, attach and port-forward is translated and recorded before {@code --upstream}. */
final class StreamsOptions {
  final FlagSection section = new FlagSection("Streams of pods");

  private static final String EVERYBODY = "*";

  private final Flag<StreamingProtocol> protocol =
      section.flag(
          "upstream-streaming",
          ValueType.choice(StreamingProtocol.class, StreamingProtocol::text),
          "auto",
          "What exec, attach and port-forward speak to --upstream: websocket, spdy, or auto"
              + " (whatever the client speaks). Where the client speaks the other one, it is"
              + " translated.");
  private final Flag<Optional<Path>> directory =
      section.flag(
          "session-recording-dir",
          FILE,
          "",
          "Record exec, attach and port-forward through --upstream into files in this folder."
              + " Who must be recorded and cannot be is refused.");
  private final Flag<List<String>> policy =
      section.flag(
          "session-recording-policy",
          LIST,
          "*=output",
          "Whom to record, as GROUP=LEVEL with the first that fits: none, output, or all (what is"
              + " typed too, passwords included). * is everybody.");

  private final Flag<Integer> maxSize =
      section.flag(
          "session-recording-max-size",
          INT,
          "0",
          "Megabytes that all recordings may take: beyond that the oldest finished ones are"
              + " removed. 0 for any.");
  private final Flag<Integer> maxAge =
      section.flag(
          "session-recording-max-age", INT, "0", "Days to keep finished recordings; 0 for ever.");
  private final Flag<Integer> maxFiles =
      section.flag(
          "session-recording-max-files", INT, "0", "Finished recordings to keep; 0 for all.");

  /** What the flags say of an upstream. */
  StreamsConfig toConfig(Faults faults) {
    List<RecordingRule> rules = rules(faults);
    RecordingLimits limits =
        new RecordingLimits(
            number(maxSize, faults), number(maxAge, faults), number(maxFiles, faults));
    Optional<Path> folder = directory.read(faults);
    if (folder.isEmpty()) {
      Stream.of(policy, maxSize, maxAge, maxFiles)
          .filter(Flag::isSet)
          .forEach(
              flag ->
                  faults.add(flag.label(), flag.text(), "--session-recording-dir to go with it"));
    }
    return new StreamsConfig(
        protocol.read(faults), folder.map(given -> new RecordingConfig(given, rules, limits)));
  }

  private static int number(Flag<Integer> flag, Faults faults) {
    int given = flag.read(faults);
    faults.check(given >= 0, flag.label(), given, "0 or more");
    return given;
  }

  /** Without an upstream nothing streams. */
  void refuse(Faults faults) {
    Stream.of(protocol, directory, policy, maxSize, maxAge, maxFiles)
        .filter(Flag::isSet)
        .forEach(flag -> faults.add(flag.label(), flag.text(), "--upstream to go with it"));
  }

  private List<RecordingRule> rules(Faults faults) {
    List<RecordingRule> rules = new ArrayList<>();
    for (String item : policy.read(faults)) {
      int equals = item.lastIndexOf('=');
      RecordingLevel level = equals <= 0 ? null : level(item.substring(equals + 1));
      if (level == null) {
        faults.add(policy.label(), item, "GROUP=none, GROUP=output or GROUP=all");
      } else {
        String group = item.substring(0, equals);
        rules.add(new RecordingRule(group.equals(EVERYBODY) ? List.of() : List.of(group), level));
      }
    }
    return rules;
  }

  private static @Nullable RecordingLevel level(String text) {
    for (RecordingLevel each : RecordingLevel.values()) {
      if (each.text().equals(text)) {
        return each;
      }
    }
    return null;
  }
}
