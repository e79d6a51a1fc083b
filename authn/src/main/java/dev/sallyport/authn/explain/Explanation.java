package dev.sallyport.authn.explain;

import dev.sallyport.authn.AuthenticationResult;
import java.util.List;

/**
 * A verdict and how it came about.
 *
 * @param verdict what a request with these credentials gets
 * @param findings what each way in said: those that were asked in that order, then the others
 */
public record Explanation(AuthenticationResult verdict, List<Finding> findings) {

  public Explanation {
    findings = List.copyOf(findings);
  }
}
