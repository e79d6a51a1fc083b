package dev.sallyport.server.filter;

import dev.sallyport.authn.AuthenticationResult.Refusal;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.response.LogText;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator why credentials were refused: one line each with the audit id that the client
 * was given too, who refused it and why. Never the credential, and never the query, where some
 * clients put theirs.
 *
 * <p>Somebody who guesses tokens must not fill the disk: after {@link #BURST} lines at once there
 * is one a second, which says how many were left out.
 */
final class RefusalLog {

  static final int BURST = 100;

  private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);
  private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private long lines = BURST;
  private long filledAt;
  private long omitted;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  RefusalLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.filledAt = nanoTime.getAsLong();
  }

  void log(RequestContext context, Rejected rejected) {
    long left = takeLine();
    if (left < 0) {
      return;
    }
    Request request = context.request();
    log.warn(
        "Refused the credential of request {} from {}, {} {}: {}{}",
        context.auditId(),
        request.origin().text(),
        request.method(),
        LogText.of(request.path()),
        LogText.of(reasons(rejected.refusals())),
        left == 0 ? "" : " (" + left + " more refusals before it were not logged)");
  }

  private static String reasons(List<Refusal> refusals) {
    return refusals.stream().map(Refusal::toString).collect(Collectors.joining("; "));
  }

  /** How many lines were omitted since the last one, or -1 if this one must be omitted too. */
  private synchronized long takeLine() {
    long periods = (nanoTime.getAsLong() - filledAt) / PERIOD;
    filledAt += periods * PERIOD;
    lines = Math.min(BURST, lines + periods);
    if (lines == 0) {
      omitted++;
      return -1;
    }
    lines--;
    long left = omitted;
    omitted = 0;
    return left;
  }
}
