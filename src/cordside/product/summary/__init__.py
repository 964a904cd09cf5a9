"""What a report says of the product: result rows made from protocol, product rows and infusions."""
