package dev.sallyport.resources;

/** An object with free keys and values of one schema. */
public record MapSchema(ObjectSchema value) implements ObjectSchema {}
