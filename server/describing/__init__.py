"""What the API says of itself: fields, models of replies, and the OpenAPI document."""
