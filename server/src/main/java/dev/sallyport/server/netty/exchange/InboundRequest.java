package dev.sallyport.server.netty.exchange;

import dev.sallyport.api.Headers;
import dev.sallyport.server.http.Origin;
import dev.sallyport.server.http.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request whose framing has been checked. */
public final class InboundRequest implements Request {

  private final String method;
  private final String path;
  private final String query;
  private final String authority;
  private final HeaderLines headers;
  private final InboundBody body;
  private final PeerConnection connection;
  private volatile @Nullable Origin origin;
  private @Nullable List<Runnable> abortActions;
  private boolean aborted;

  /**
   * @param target path and query, starting with a slash
   */
  public InboundRequest(
      String method,
      String target,
      String authority,
      HeaderLines headers,
      InboundBody body,
      PeerConnection connection) {
    int mark = target.indexOf('?');
    this.method = method;
    this.path = mark < 0 ? target : target.substring(0, mark);
    this.query = mark < 0 ? "" : target.substring(mark + 1);
    this.authority = authority;
    this.headers = headers;
    this.body = body;
    this.connection = connection;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String query() {
    return query;
  }

  @Override
  public String authority() {
    return authority;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public InboundBody body() {
    return body;
  }

  @Override
  public PeerConnection connection() {
    return connection;
  }

  @Override
  public Origin origin() {
    Origin known = origin;
    if (known == null) {
      known = connection.origins().of(connection.remoteAddress(), headers);
      origin = known;
    }
    return known;
  }

  @Override
  public void onAbort(Runnable action) {
    if (!connection.loop().inEventLoop()) {
      connection.loop().execute(() -> onAbort(action));
    } else if (aborted) {
      action.run();
    } else {
      if (abortActions == null) {
        abortActions = new ArrayList<>(2);
      }
      abortActions.add(action);
    }
  }

  /** The client has gone; on the event loop. */
  public void abort(Throwable cause) {
    if (aborted) {
      return;
    }
    aborted = true;
    body.fail(cause);
    List<Runnable> actions = abortActions;
    if (actions != null) {
      abortActions = null;
      actions.forEach(Runnable::run);
    }
  }

  /** The exchange is over and can no longer be aborted. */
  public void finished() {
    abortActions = null;
    body.discard();
  }
}
