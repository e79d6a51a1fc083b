package dev.sallyport.config.routes;

/** The resource that a caller must have a right to, whatever its request's path is. */
public record ResourceQuestion(
    AttributeTemplate namespace,
    AttributeTemplate apiGroup,
    AttributeTemplate apiVersion,
    AttributeTemplate resource,
    AttributeTemplate subresource,
    AttributeTemplate name) {}
