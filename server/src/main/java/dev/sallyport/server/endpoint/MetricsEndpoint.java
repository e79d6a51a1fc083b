package dev.sallyport.server.endpoint;

import dev.sallyport.api.Answer;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.metrics.ServerMetrics;
import dev.sallyport.server.response.Responses;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** /metrics in the exposition format that the scraper asks for. */
public final class MetricsEndpoint implements Endpoint {

  private final ServerMetrics metrics;
  private final Executor workers;

  /**
   * @param workers where the values are gathered: that takes too long for an event loop
   */
  public MetricsEndpoint(ServerMetrics metrics, Executor workers) {
    this.metrics = metrics;
    this.workers = workers;
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    String accept = context.request().headers().first("accept");
    return Answer.later(
        CompletableFuture.supplyAsync(() -> scrape(accept == null ? "" : accept), workers));
  }

  private Response scrape(String accept) {
    ExpositionFormatWriter format = ExpositionFormats.init().findWriter(accept);
    ByteArrayOutputStream body = new ByteArrayOutputStream(16 * 1024);
    try {
      format.write(body, metrics.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // never: it writes to memory
    }
    return Responses.bytes(200, format.getContentType(), body.toByteArray());
  }
}
