package dev.sallyport.server.endpoint.zpages;

import dev.sallyport.api.Answer;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Responses;
import java.util.Map;
import java.util.TreeMap;

/**
 * /flagz: every flag with the value in force. Flags name files, so no secret stands here.
 *
 * @see <a href="https://kubernetes.io/docs/reference/instrumentation/zpages/">Kubernetes
 *     z-pages</a>
 */
public final class FlagzEndpoint implements Endpoint {

  private final Response.Buffered page;

  /**
   * @param flags values by the flags' names
   */
  public FlagzEndpoint(Map<String, String> flags) {
    StringBuilder text = new StringBuilder(Zpage.head("flagz"));
    new TreeMap<>(flags)
        .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    this.page = Responses.text(200, text.toString());
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    return Answer.now(page);
  }
}
