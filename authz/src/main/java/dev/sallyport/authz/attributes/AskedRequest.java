package dev.sallyport.authz.attributes;

import dev.sallyport.api.Headers;
import java.util.List;

/** What a request brings that its questions may be made of. */
public interface AskedRequest {

  String method();

  /** Percent-decoded once, without the query. */
  String path();

  /** All values of a query parameter, decoded. */
  List<String> query(String name);

  /** Whether the query has what this server does not read as others may read it: a semicolon. */
  boolean ambiguousQuery();

  /** Without credentials. */
  Headers headers();
}
