package dev.sallyport.server.bootstrap;

import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;

/** When what was made here is made afresh. */
final class Lifetime {
  /** How long what is issued here lives. */
  static final Duration YEAR = Duration.ofDays(365);

  /** So much before its end it is renewed, at the next start. */
  private static final Duration MARGIN = Duration.ofDays(30);

  private Lifetime() {}

  static boolean isOver(Path certificate, Clock clock) throws InvalidFileException {
    return isOver(Certificates.read(certificate).get(0), clock);
  }

  static boolean isOver(X509Certificate certificate, Clock clock) {
    return !clock.instant().plus(MARGIN).isBefore(certificate.getNotAfter().toInstant());
  }
}
