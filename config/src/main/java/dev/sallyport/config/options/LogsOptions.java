package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.INT;

import dev.sallyport.config.Faults;
import dev.sallyport.config.LoggingConfig;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import dev.sallyport.config.flags.ValueType;
import java.util.Locale;

/** How the server logs. */
final class LogsOptions {
  final FlagSection section = new FlagSection("Logs");

  private final Flag<Integer> verbosity =
      section.flag(
          "v", 'v', INT, "0", "How much to log: 2 and more tells more, 4 debugs, 6 tells all.");
  private final Flag<LoggingConfig.Format> format =
      section.flag(
          "logging-format",
          ValueType.choice(
              LoggingConfig.Format.class, value -> value.name().toLowerCase(Locale.ROOT)),
          "text",
          "The form of a line: text or json.");

  LoggingConfig toConfig(Faults faults) {
    return new LoggingConfig(verbosity.read(faults), format.read(faults));
  }
}
