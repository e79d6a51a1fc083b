package dev.sallyport.server.endpoint.zpages;

import dev.sallyport.api.Answer;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Responses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * /statusz: which build this is, and since when it runs.
 *
 * @see <a href="https://kubernetes.io/docs/reference/instrumentation/zpages/">Kubernetes
 *     z-pages</a>
 */
public final class StatuszEndpoint implements Endpoint {

  private final String kubernetes;
  private final String own;
  private final Clock clock;
  private final Instant started;

  /**
   * @param kubernetes the release whose API this is, such as v1.36.3
   * @param own Sallyport's version
   */
  public StatuszEndpoint(String kubernetes, String own, Clock clock) {
    this.kubernetes = kubernetes;
    this.own = own;
    this.clock = clock;
    this.started = clock.instant();
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    Duration up = Duration.between(started, clock.instant());
    String text =
        """
        %sStarted: %s
        Up: %d hr %02d min %02d sec
        Java version: %s
        Binary version: %s
        Emulation version: %s

        Paths: /healthz /livez /readyz /metrics /metrics/slis /flagz /version
        """
            .formatted(
                Zpage.head("statusz"),
                started.truncatedTo(ChronoUnit.SECONDS),
                up.toHours(),
                up.toMinutesPart(),
                up.toSecondsPart(),
                Runtime.version(),
                own,
                kubernetes);
    return Answer.now(Responses.text(200, text));
  }
}
