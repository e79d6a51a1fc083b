package dev.sallyport.server.endpoint;

import dev.sallyport.api.Answer;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Responses;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** /metrics, and metrics below it, in the exposition format that the scraper asks for. */
public final class MetricsEndpoint implements Endpoint {

  private final Supplier<MetricSnapshots> values;
  private final Executor workers;

  /**
   * @param values gathers them
   * @param workers where the values are gathered: that takes too long for an event loop
   */
  public MetricsEndpoint(Supplier<MetricSnapshots> values, Executor workers) {
    this.values = values;
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
      format.write(body, values.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // never: it writes to memory
    }
    return Responses.bytes(200, format.getContentType(), body.toByteArray());
  }
}
