package dev.sallyport.server.filter.route;

import dev.sallyport.api.Headers;
import dev.sallyport.authz.attributes.AskedRequest;
import dev.sallyport.server.chain.RequestContext;
import java.util.List;

/** A request as its questions are made of it. */
record AskedContext(RequestContext context) implements AskedRequest {

  @Override
  public String method() {
    return context.request().method();
  }

  @Override
  public String path() {
    return context.info().path();
  }

  @Override
  public List<String> query(String name) {
    return context.query().all(name);
  }

  /** Servers disagree about a bare semicolon: to some it ends a parameter. */
  @Override
  public boolean ambiguousQuery() {
    return context.request().query().indexOf(';') >= 0;
  }

  @Override
  public Headers headers() {
    return context.request().headers();
  }
}
