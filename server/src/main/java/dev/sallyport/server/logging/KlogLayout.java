package dev.sallyport.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Lines as Kubernetes' components write them: {@code I1122 07:15:03.123456 4711 Chain] message}. A
 * message is one line, whatever a client put into it; only a stack trace has more.
 */
final class KlogLayout extends LayoutBase<ILoggingEvent> {
  private static final long PID = ProcessHandle.current().pid();
  private final ZoneId zone = ZoneId.systemDefault();

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    line.append(letter(event.getLevel()));
    time(event, line);
    line.append(' ').append(PID).append(' ');
    String logger = event.getLoggerName();
    line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append("] ");
    OneLine.append(event.getFormattedMessage(), line);
    line.append('\n');
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.append(ThrowableProxyUtil.asString(thrown));
    }
    return line.toString();
  }

  private static char letter(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> 'E';
      case Level.WARN_INT -> 'W';
      default -> 'I';
    };
  }

  private void time(ILoggingEvent event, StringBuilder line) {
    Instant instant = event.getInstant();
    ZonedDateTime at =
        (instant == null ? Instant.ofEpochMilli(event.getTimeStamp()) : instant).atZone(zone);
    two(at.getMonthValue(), line);
    two(at.getDayOfMonth(), line);
    line.append(' ');
    two(at.getHour(), line);
    line.append(':');
    two(at.getMinute(), line);
    line.append(':');
    two(at.getSecond(), line);
    String micros = Integer.toString(1_000_000 + at.getNano() / 1000);
    line.append('.').append(micros, 1, 7);
  }

  private static void two(int number, StringBuilder line) {
    if (number < 10) {
      line.append('0');
    }
    line.append(number);
  }
}
