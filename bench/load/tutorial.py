"""The tutorial's application (flask_jwt_extended), as far as it is measured: GET /protected with a cookie."""

from datetime import timedelta

from flask import Flask, jsonify
from flask_jwt_extended import JWTManager, create_access_token, get_jwt_identity, jwt_required

app = Flask(__name__)
app.config["JWT_SECRET_KEY"] = "measured on the loopback, by nobody else"
app.config["JWT_TOKEN_LOCATION"] = ["cookies"]
app.config["JWT_ACCESS_TOKEN_EXPIRES"] = timedelta(hours=1)
JWTManager(app)


@app.route("/token")
def token():
    return create_access_token(identity="load")


@app.route("/protected")
@jwt_required()
def protected():
    return jsonify(logged_in_as=get_jwt_identity())
