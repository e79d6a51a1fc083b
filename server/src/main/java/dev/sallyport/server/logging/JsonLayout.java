package dev.sallyport.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;

/** One JSON object a line, with the names that Kubernetes' components use: ts, level, msg, err. */
final class JsonLayout extends LayoutBase<ILoggingEvent> {

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(200);
    line.append("{\"ts\":").append(event.getTimeStamp()).append(".0,\"level\":");
    OneLine.quote(level(event.getLevel()), line);
    line.append(",\"logger\":");
    OneLine.quote(event.getLoggerName(), line);
    line.append(",\"msg\":");
    OneLine.quote(event.getFormattedMessage(), line);
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.append(",\"err\":");
      OneLine.quote(thrown.getClassName() + ": " + thrown.getMessage(), line);
      line.append(",\"stacktrace\":");
      OneLine.quote(ThrowableProxyUtil.asString(thrown), line);
    }
    return line.append("}\n").toString();
  }

  private static String level(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> "error";
      case Level.WARN_INT -> "warn";
      case Level.INFO_INT -> "info";
      default -> "debug";
    };
  }
}
