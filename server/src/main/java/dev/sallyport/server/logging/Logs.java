package dev.sallyport.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.sallyport.config.LoggingConfig;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/**
 * Sets up logging by code: reading an XML file would cost the start more than all logging does.
 * Everything goes to standard error.
 */
public final class Logs {
  private Logs() {}

  /** Until the flags are read nobody has said what to log: nothing, rather than logback's all. */
  public static void silence() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
  }

  /** Takes the place of any set-up there was. */
  public static void configure(LoggingConfig config) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    Layout<ILoggingEvent> layout =
        config.format() == LoggingConfig.Format.JSON ? new JsonLayout() : new KlogLayout();
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(others(config.verbosity()));
    context.getLogger("dev.sallyport").setLevel(ours(config.verbosity()));
  }

  private static Level ours(int verbosity) {
    if (verbosity < 4) {
      return Level.INFO;
    }
    return verbosity < 6 ? Level.DEBUG : Level.TRACE;
  }

  /** Libraries are a step quieter. */
  private static Level others(int verbosity) {
    if (verbosity < 2) {
      return Level.WARN;
    }
    return verbosity < 6 ? Level.INFO : Level.DEBUG;
  }
}
