package dev.sallyport.server.endpoint.filtered;

import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.server.chain.PercentCoding;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.RequestView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** A request for a further page, with the cluster's own token in place of the sealed one. */
final class OpenedPage extends RequestView {

  private static final String PARAMETER = "continue";

  private final String query;

  private OpenedPage(Request request, String query) {
    super(request);
    this.query = query;
  }

  /** The same context for any other request. */
  static RequestContext of(RequestContext context) {
    String given = context.query().first(PARAMETER);
    if (given == null || given.isEmpty()) {
      return context;
    }
    String token = PageSeal.open(context.user().name(), given);
    if (token == null) {
      throw new StatusException(expired());
    }
    Request request = context.request();
    return token.equals(given)
        ? context
        : context.withRequest(new OpenedPage(request, with(request.query(), token)));
  }

  static Status expired() {
    return new Status(
        410,
        Reason.EXPIRED,
        "The provided continue parameter is not good any more, begin the list anew without it.",
        null);
  }

  private static String with(String query, String token) {
    StringJoiner pairs = new StringJoiner("&");
    for (int start = 0; start <= query.length(); ) {
      int end = query.indexOf('&', start);
      end = end < 0 ? query.length() : end;
      String pair = query.substring(start, end);
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!PARAMETER.equals(PercentCoding.decodePath(name))) {
        pairs.add(pair);
      }
      start = end + 1;
    }
    return pairs.add(PARAMETER + "=" + URLEncoder.encode(token, StandardCharsets.UTF_8)).toString();
  }

  @Override
  public String query() {
    return query;
  }
}
