package dev.sallyport.audit;

/**
 * A further fact about a request, under a name such as authorization.k8s.io/decision.
 *
 * @param value never holds a credential
 */
public record Annotation(String key, String value) {}
